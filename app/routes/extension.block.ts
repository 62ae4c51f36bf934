import type { LoaderFunctionArgs } from '@remix-run/node';
import { blockViewOf } from '../extensions/block-view.ts';
import { answerExtension } from '../extension-request.server.ts';
import { services } from '../services.server.ts';

/** What the block on an order's page shows, ready-made, from what is kept. */
export const loader = ({ request }: LoaderFunctionArgs) =>
  answerExtension(request, ({ order, voice }) => blockViewOf(services, order, voice));
