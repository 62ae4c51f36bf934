import { commandsOfKind } from './command.ts';
import { dealing, mayWrite, together, type Case, type Dealing } from './dealing.ts';
import { fulfilInShopify } from './fulfil-in-shopify.ts';
import { parcelsOf } from './parcels.ts';
import { shipDeadline } from './ship-deadline.ts';
import { shipToAmazon } from './ship-to-amazon.ts';

const shippable = new Set(['unshipped', 'partially_shipped', 'shipped', 'unfulfillable']);

/** Parcels of a cancelled order that did not reach Amazon go nowhere any more. */
function recallAll({ situation }: Case): Dealing {
  const events = commandsOfKind(situation.commands, 'ship_amazon')
    .filter(({ state }) => state === 'planned' || state === 'refused')
    .map(({ key }) => ({ key, event: 'recalled' as const }));
  return dealing({ events });
}

/** Shipments, both ways: each parcel once (FUL-1 to FUL-7). */
export function decideShipment(one: Case): Dealing {
  const { order, books } = one;
  if (order.status === 'cancelled') return recallAll(one);
  if (!mayWrite(one)) return dealing();
  const parcels = parcelsOf(one);
  const deadline = shipDeadline(one, parcels);
  if (!books || !shippable.has(order.status)) return deadline;
  return together([shipToAmazon(one, parcels), fulfilInShopify(one, parcels), deadline]);
}
