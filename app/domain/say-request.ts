import type { AmazonOrder } from './amazon-order.ts';
import type { Fitting } from './describe.ts';
import type { Held } from './hold-lines.ts';
import type { CancelRequest } from './request.ts';

const openOnAmazon = new Set<AmazonOrder['status']>(['unshipped', 'partially_shipped']);

/** Amazon gave an open order without saying whether its buyer asked. */
function unknown(order: AmazonOrder): Fitting[] {
  const open = openOnAmazon.has(order.status) && order.fulfilledBy !== 'amazon';
  return open && order.lines.some((line) => line.request.state === 'unknown')
    ? [{ key: 'request_unknown', params: { since: null } }]
    : [];
}

/** A label was bought from Amazon for a parcel that is not on its way yet (REQ-8). */
export function hasLabel(order: AmazonOrder): boolean {
  return openOnAmazon.has(order.status) && order.packages.some(({ status }) => status === 'PENDING');
}

function open(order: AmazonOrder, request: CancelRequest, held: Held | null, present: boolean): Fitting[] {
  const date = new Date(request.requestedAt).toISOString();
  const outcomes = held?.outcomes ?? [];
  const stuck = outcomes.find(({ outcome }) => outcome.is === 'not_stopped');
  if (stuck?.outcome.is === 'not_stopped') {
    const [why, text] = stuck.outcome.why;
    const name = stuck.work.location ?? '';
    return [{ key: 'not_stopped', params: { why, text, name } }];
  }
  if (hasLabel(order)) return [{ key: 'asked_too_late', params: { label: 'yes' } }];
  const asked = request.lines.filter(({ ended }) => ended === null);
  const claim = request.sources.findLast(({ source }) => source !== 'order' && source !== 'order_v0');
  if (claim && !asked.some(({ confirmed }) => confirmed))
    return [{ key: 'sources_differ', params: { source: claim.source } }];
  if (outcomes.length > 0 && outcomes.every(({ outcome }) => outcome.is === 'released'))
    return [{ key: 'asked_not_held', params: { date } }];
  const all = outcomes.length > 0 && outcomes.every(({ outcome }) => outcome.is === 'held');
  const done = present ? (all ? 'yes' : 'no') : 'absent';
  const whole = outcomes.some(({ outcome }) => outcome.is === 'held' && outcome.whole) ? 'yes' : 'no';
  const [n, m] = [asked.length, order.lines.length];
  return n < m
    ? [{ key: 'asked_some_lines', params: { n, m, date, whole, done } }]
    : [{ key: 'asked_held', params: { date, done } }];
}

/** What is to be said of a buyer's wish on an order. `present`: the order stands in Shopify. */
export function sayRequest(
  order: AmazonOrder,
  request: CancelRequest | null,
  held: Held | null,
  present: boolean,
): Fitting[] {
  const more = unknown(order);
  if (!request || order.fulfilledBy === 'amazon') return more;
  if (request.state === 'declined' && request.closedAt === null)
    return [{ key: 'declined_waiting_ship', params: { date: order.shipBy.latest } }, ...more];
  if (request.state === 'too_late') return [{ key: 'asked_too_late', params: { label: 'no' } }, ...more];
  return request.state === 'open' ? [...open(order, request, held, present), ...more] : more;
}
