import type { AmazonOrder } from './amazon-order.ts';
import { byMessage, wroteAt } from './by-message.ts';
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

/** A wish and how its holds stand. */
interface Standing {
  readonly request: CancelRequest | null;
  readonly held: Held | null;
  /** The order stands in Shopify. */
  readonly present: boolean;
  /** What only a message asks for is to be held. */
  readonly hold: boolean;
}

/** Whether what is asked for is held: `off`: it is not to be. */
function doneOf({ held, present, hold }: Standing): string {
  if (!hold) return 'off';
  if (!present) return 'absent';
  const outcomes = held?.outcomes ?? [];
  const all = (is: string) => outcomes.length > 0 && outcomes.every(({ outcome }) => outcome.is === is);
  return all('held') ? 'yes' : all('released') ? 'released' : 'no';
}

function open(order: AmazonOrder, request: CancelRequest, standing: Standing): Fitting[] {
  const date = new Date(request.requestedAt).toISOString();
  const outcomes = standing.held?.outcomes ?? [];
  const stuck = outcomes.find(({ outcome }) => outcome.is === 'not_stopped');
  if (stuck?.outcome.is === 'not_stopped') {
    const [why, text] = stuck.outcome.why;
    const name = stuck.work.location ?? '';
    return [{ key: 'not_stopped', params: { why, text, name } }];
  }
  if (hasLabel(order)) return [{ key: 'asked_too_late', params: { label: 'yes' } }];
  const asked = request.lines.filter(({ ended }) => ended === null);
  if (byMessage(request)) {
    const wrote = new Date(wroteAt(request)).toISOString();
    return [{ key: 'informal_waiting', params: { date: wrote, done: doneOf(standing) } }];
  }
  const claim = request.sources.findLast(({ source }) => source !== 'order' && source !== 'order_v0');
  if (claim && !asked.some(({ confirmed }) => confirmed))
    return [{ key: 'sources_differ', params: { source: claim.source } }];
  const done = doneOf({ ...standing, hold: true });
  if (done === 'released') return [{ key: 'asked_not_held', params: { date } }];
  const whole = outcomes.some(({ outcome }) => outcome.is === 'held' && outcome.whole) ? 'yes' : 'no';
  // What only a claim says of more lines is held with them, and is not what the buyer asked.
  const n = asked.filter(({ confirmed }) => confirmed).length || asked.length;
  const m = order.lines.length;
  return n < m
    ? [{ key: 'asked_some_lines', params: { n, m, date, whole, done } }]
    : [{ key: 'asked_held', params: { date, done } }];
}

/** What is to be said of a buyer's wish on an order. */
export function sayRequest(order: AmazonOrder, standing: Standing): Fitting[] {
  const { request } = standing;
  const more = unknown(order);
  if (!request || order.fulfilledBy === 'amazon') return more;
  if (request.state === 'declined' && request.closedAt === null)
    return [{ key: 'declined_waiting_ship', params: { date: order.shipBy.latest } }, ...more];
  if (request.state === 'too_late') return [{ key: 'asked_too_late', params: { label: 'no' } }, ...more];
  return request.state === 'open' ? [...open(order, request, standing), ...more] : more;
}
