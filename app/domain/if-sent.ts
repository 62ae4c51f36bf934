import { cancelGuard, shippedOnAmazon } from './cancel-guard.ts';
import { coveredByRequest } from './covered-by-request.ts';
import type { Case } from './dealing.ts';
import type { Params } from './problem.ts';
import { refundFact } from './refund-fact.ts';
import { ledgerOf, leftOnAmazon } from './refund-ledger.ts';
import { saidMoney } from './said-money.ts';

/** What sending something out of quarantine would do now, as its sentence: a key under `ifSent` and what it is made with. */
export interface IfSent {
  readonly key:
    | 'void'
    | 'refund'
    | 'shipment'
    | 'nothing_cancelled'
    | 'nothing_shipped'
    | 'waits_ship'
    | 'not_possible'
    | 'not_known';
  readonly params: Params;
}

const say = (key: IfSent['key'], params: Params = {}): IfSent => ({ key, params });

function cancel(one: Case): IfSent {
  if (one.order.status === 'cancelled') return say('nothing_cancelled');
  const covered = coveredByRequest(one.order, one.request) === 'all';
  const guarded = cancelGuard(one, covered ? 'BuyerCanceled' : 'GeneralAdjustment', true);
  if (guarded.is === 'never') return say('not_possible', { why: guarded.guard });
  return say(guarded.is === 'go' ? 'void' : 'not_known');
}

function refund(one: Case, key: string): IfSent {
  if (!one.books) return say('not_known');
  if (one.order.status === 'cancelled') return say('nothing_cancelled');
  const ledger = ledgerOf(one, one.books);
  const found = ledger.refunds.find((each) => refundFact(each) === key);
  if (!found) return say('not_possible', { why: 'not_there' });
  if (!shippedOnAmazon(one)) return say('waits_ship');
  const fits = found.amount.amount <= leftOnAmazon(ledger, []).left;
  return fits ? say('refund', saidMoney(found.amount)) : say('not_possible', { why: 'amount_too_high' });
}

/** What would happen if the fact with this key (`cancel`, `refund:ID`, `fulfillment:ID`) went to Amazon as both sides are now. */
export function ifSent(one: Case, key: string): IfSent {
  if (key === 'cancel') return cancel(one);
  if (key.startsWith('refund:')) return refund(one, key);
  if (one.order.status === 'cancelled') return say('not_possible', { why: 'cancelled' });
  return say(one.order.status === 'shipped' ? 'nothing_shipped' : 'shipment');
}
