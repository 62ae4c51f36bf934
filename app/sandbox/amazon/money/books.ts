import { randomUUID } from 'node:crypto';
import type { WorldParts } from '../../contract.ts';
import { type JsonObject, textIn } from '../json.ts';
import type { Seller } from '../seller.ts';
import { switches } from '../switches.ts';
import type { Refund } from './refund.ts';
import { refundTransaction, shipmentTransaction, type TransactionContext } from './transaction.ts';

type Parts = Pick<WorldParts, 'clock' | 'behaviour'>;

const lags: Readonly<Record<string, number>> = { '48h': 48, '6h': 6, none: 0 };

/** How long money that moved is not shown yet, in milliseconds. */
export function financeLagMs({ behaviour }: Pick<WorldParts, 'behaviour'>): number {
  return (lags[behaviour.get(switches.financeLag)] ?? 48) * 3_600_000;
}

function contextOf({ account }: Seller, { clock, behaviour }: Parts): TransactionContext {
  return {
    sellerId: account.sellerId,
    names: behaviour.get(switches.breakdownNames) === 'live' ? 'live' : 'model',
    time: new Date(clock.now()).toISOString(),
    id: () => randomUUID(),
  };
}

function add(seller: Seller, { clock }: Parts, order: JsonObject, transaction: JsonObject): void {
  seller.ledger.add({ orderId: textIn(order, 'orderId') ?? '', postedAt: clock.now(), transaction });
}

/** Books what a change shipped; nothing where it shipped nothing. */
export function postShipment(
  seller: Seller,
  parts: Parts,
  before: JsonObject | null,
  after: JsonObject,
): void {
  const transaction = shipmentTransaction(contextOf(seller, parts), before, after);
  if (transaction) add(seller, parts, after, transaction);
}

/** Books a refund; the world is not idle before Finances shows it. */
export function postRefund(seller: Seller, parts: Parts, order: JsonObject, refund: Refund): void {
  add(seller, parts, order, refundTransaction(contextOf(seller, parts), order, refund));
  const lag = financeLagMs(parts);
  if (lag > 0) seller.timers.later(parts.clock.now() + lag, 'a refund shows in Finances', () => undefined);
}
