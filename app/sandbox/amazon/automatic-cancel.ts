import type { WorldParts } from '../contract.ts';
import { statusOf } from './lines.ts';
import type { Seller } from './seller.ts';
import type { SellerDesk } from './seller-desk.ts';
import { switches } from './switches.ts';

/** Amazon cancels what is not shipped 7 days after the latest ship date; it counts against the seller. */
export function cancelOverdue(
  { clock, behaviour }: Pick<WorldParts, 'clock' | 'behaviour'>,
  { orders, shipBy }: Seller,
  desk: SellerDesk,
): void {
  for (const id of shipBy.takeOver(clock.now())) {
    const stored = orders.get(id);
    if (!stored || statusOf(stored.order) !== 'UNSHIPPED') continue;
    if (behaviour.get(switches.automaticCancel) === 'on')
      desk.cancel(id, { by: 'AMAZON', reason: 'The order was not confirmed as shipped in time' });
  }
}
