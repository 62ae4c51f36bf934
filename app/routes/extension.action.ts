import type { LoaderFunctionArgs } from '@remix-run/node';
import { actionViewOf } from '../extensions/action-view.ts';
import { answerExtension } from '../extension-request.server.ts';
import { services } from '../services.server.ts';

/** What the action on an order's page offers, ready-made, from what is kept. */
export const loader = ({ request }: LoaderFunctionArgs) =>
  answerExtension(request, ({ order, voice }) => actionViewOf(services, order, voice));
