import type { Command, CommandArgs, CommandKind } from '../../app/domain/command.ts';
import { amazonOrderItemId } from '../../app/domain/ids.ts';
import type { CancelRequest, Claim, RequestLine } from '../../app/domain/request.ts';
import type { FulfillmentLine, FulfillmentOrder, Handling } from '../../app/domain/shopify-order.ts';
import { lineOf } from './orders.ts';
import { sampleNow } from './situations.ts';

export const lampId = amazonOrderItemId('147645420374961');
export const vaseId = amazonOrderItemId('147645420374962');

/** The sample line, and a second one with a SKU of its own. */
export const lampLine = lineOf;
export const vaseLine = (changes: Parameters<typeof lineOf>[0] = {}) =>
  lineOf({ orderItemId: vaseId, sku: 'VASE', ...changes });

/** The lamp as a line of a request that Amazon shows. */
export function askedLine(changes: Partial<RequestLine> = {}): RequestLine {
  return {
    orderItemId: lampId,
    sku: 'LAMP',
    quantity: 1,
    reason: 'By mistake',
    confirmed: true,
    absentSince: null,
    ended: null,
    ...changes,
  };
}

/** An open request for the lamp, seen a minute ago. */
export function requestOf(changes: Partial<CancelRequest> = {}): CancelRequest {
  return {
    n: 1,
    state: 'open',
    version: 1,
    requestedAt: sampleNow - 60_000,
    confirmedAt: sampleNow - 60_000,
    closedAt: null,
    lines: [askedLine()],
    wordsErased: false,
    sources: [{ source: 'order', at: sampleNow - 60_000 }],
    reasonCategory: 'mistake',
    held: 'no',
    ...changes,
  };
}

/** A message that says the buyer wants out of the whole order. */
export function claimOf(changes: Partial<Claim> = {}): Claim {
  return {
    id: 'c1',
    source: 'notification',
    orderItemIds: [],
    saidAt: sampleNow - 2_000,
    seenAt: sampleNow - 1_000,
    reason: null,
    ...changes,
  };
}

const gid = (kind: string, n: number) => `gid://shopify/${kind}/${String(n)}`;
export const workId = (n: number) => gid('FulfillmentOrder', n);
export const lampItem = gid('LineItem', 1);
export const vaseItem = gid('LineItem', 2);

/** Units of the lamp to be sent. */
export function lampUnits(changes: Partial<FulfillmentLine> = {}): FulfillmentLine {
  return { id: 'l1', lineItemId: lampItem, orderItemId: lampId, sku: 'LAMP', remaining: 1, ...changes };
}

/** Units of the vase to be sent. */
export function vaseUnits(changes: Partial<FulfillmentLine> = {}): FulfillmentLine {
  return { id: 'v1', lineItemId: vaseItem, orderItemId: vaseId, sku: 'VASE', remaining: 1, ...changes };
}

/** Open work that can be held, with the lamp alone. */
export function workOf(changes: Partial<FulfillmentOrder> = {}): FulfillmentOrder {
  return {
    id: workId(1),
    status: 'OPEN',
    requestStatus: 'UNSUBMITTED',
    actions: ['CREATE_FULFILLMENT', 'HOLD'],
    location: 'Shop',
    holds: [],
    lines: [lampUnits()],
    ...changes,
  };
}

/** Work that this app holds because of a request. */
export function heldWork(changes: Partial<FulfillmentOrder> = {}): FulfillmentOrder {
  const holds = [{ id: gid('FulfillmentHold', 1), handle: 'concord-request', own: true }];
  return workOf({ status: 'ON_HOLD', actions: ['RELEASE_HOLD', 'HOLD'], holds, ...changes });
}

/** What Shopify shows of an order with this work. */
export function handlingOf(...fulfillmentOrders: readonly FulfillmentOrder[]): Handling {
  return { mark: null, tagged: false, fulfillmentOrders };
}

/** A write of the given kind that was answered with yes half a minute ago. */
export function sentCommand<Kind extends CommandKind>(
  kind: Kind,
  key: string,
  args: CommandArgs[Kind],
  changes: Partial<Pick<Command, 'state' | 'attempt' | 'sentAt' | 'endedAt' | 'refusal'>> = {},
): Command {
  return {
    id: key,
    key,
    kind,
    state: 'accepted',
    attempt: 1,
    args,
    sentAt: sampleNow - 31_000,
    endedAt: sampleNow - 30_000,
    refusal: null,
    ...changes,
    // The kind and its arguments belong together, which the compiler cannot follow.
  } as Command;
}
