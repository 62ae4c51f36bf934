import type { LoaderFunctionArgs } from '@remix-run/node';
import { packOrders } from '../extensions/pack-orders.ts';
import { packSheet } from '../extensions/pack-sheet.tsx';
import { printForExtension } from '../extension-request.server.ts';
import { services } from '../services.server.ts';

/** A pick-and-pack sheet for Shopify's print dialog. The buyer's address is read now, printed, and kept nowhere. */
export const loader = ({ request }: LoaderFunctionArgs) =>
  printForExtension(request, async (orders, voice) =>
    packSheet(await packOrders(services, voice, orders), voice),
  );
