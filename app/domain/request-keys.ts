import type { AmazonOrderId } from './ids.ts';

/** The handle under which this app holds what a buyer wants out of; merchants' tools may rely on it. */
export const requestHoldHandle = 'concord-request';

const tail = (gid: string): string => gid.split('/').at(-1) ?? gid;

/** The key of the write that shows request `n` as it is at this version. */
export function markKey(order: AmazonOrderId, n: number, version: number): string {
  return `mark_order:${order}:${n}:${version}`;
}

/** The key of a hold for request `n`. `turn`: how many holds of that fulfilment order were done for it before. */
export function holdKey(order: AmazonOrderId, n: number, fulfillmentOrder: string, turn: number): string {
  return `hold_order:${order}:${n}:${tail(fulfillmentOrder)}:${turn}`;
}

/** The key of the release of one hold. */
export function releaseKey(order: AmazonOrderId, hold: string): string {
  return `release_hold:${order}:${tail(hold)}`;
}

/** The key of taking a fulfilment order back from a third party for request `n`. `turn`: how often it was asked before. */
export function callBackKey(order: AmazonOrderId, n: number, fulfillmentOrder: string, turn = 0): string {
  return `call_back:${order}:${n}:${tail(fulfillmentOrder)}${turn === 0 ? '' : `:${turn}`}`;
}
