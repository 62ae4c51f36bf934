import { describe, expect, it } from 'vitest';
import { orderOf } from '../../test/samples/orders.ts';
import {
  askedLine,
  lampLine,
  lampUnits,
  requestOf,
  vaseId,
  vaseLine,
  workOf,
} from '../../test/samples/requests.ts';
import type { Held } from './hold-lines.ts';
import { sayRequest } from './say-request.ts';

const order = orderOf({ lines: [lampLine(), vaseLine()] });
const both = requestOf({ lines: [askedLine(), askedLine({ orderItemId: vaseId })] });
type HoldOutcome = Held['outcomes'][number]['outcome'];
const work = { ...workOf(), open: [lampUnits()] };
const heldWith = (...outcomes: readonly HoldOutcome[]): Held => ({
  send: [],
  events: [],
  unreleased: [],
  outcomes: outcomes.map((outcome) => ({ work, outcome })),
});
const held = heldWith({ is: 'held', whole: false });
const say = (request = both, result: Held | null = held, of = order, present = true) =>
  sayRequest(of, { request, held: result, present, hold: true });
const unasked = (of: typeof order) =>
  sayRequest(of, { request: null, held: null, present: true, hold: true });
const parcel = (status: string) => ({
  reference: '1',
  carrier: null,
  trackingNumber: null,
  shippedAt: null,
  status,
  items: [],
});

describe('what is said of a request', () => {
  it('REQ-3: the whole order is asked for: held, not yet held, not yet in Shopify', () => {
    expect(say()).toMatchObject([{ key: 'asked_held', params: { done: 'yes' } }]);
    expect(say(both, heldWith({ is: 'held', whole: false }, { is: 'holding' }))).toMatchObject([
      { key: 'asked_held', params: { done: 'no' } },
    ]);
    expect(say(both, heldWith())).toMatchObject([{ params: { done: 'no' } }]);
    expect(say(both, null, order, false)).toMatchObject([{ params: { done: 'absent' } }]);
  });

  it('REQ-2: some lines are asked for; whole says that more had to be held', () => {
    expect(say(requestOf())).toMatchObject([
      { key: 'asked_some_lines', params: { n: 1, m: 2, whole: 'no' } },
    ]);
    expect(say(requestOf(), heldWith({ is: 'held', whole: true }))).toMatchObject([
      { key: 'asked_some_lines', params: { whole: 'yes' } },
    ]);
    const one = requestOf({ lines: [askedLine({ ended: 'withdrawn' }), askedLine({ orderItemId: vaseId })] });
    expect(say(one)).toMatchObject([{ key: 'asked_some_lines', params: { n: 1, m: 2 } }]);
  });

  it('REQ-4: a person released all of it; of some of it is not said so', () => {
    expect(say(both, heldWith({ is: 'released' }))).toMatchObject([{ key: 'asked_not_held' }]);
    expect(say(both, heldWith({ is: 'released' }, { is: 'held', whole: false }))).toMatchObject([
      { key: 'asked_held', params: { done: 'no' } },
    ]);
  });

  it('REQ-3: what cannot be stopped comes before all else', () => {
    const stuck = { is: 'not_stopped', why: ['rejected', 'no'], again: null } as const;
    expect(say(both, heldWith({ is: 'held', whole: false }, stuck))).toMatchObject([
      { key: 'not_stopped', params: { why: 'rejected', text: 'no', name: 'Shop' } },
    ]);
  });

  it('REQ-8: too late, or a label has been bought', () => {
    const late = requestOf({ state: 'too_late' });
    expect(say(late)).toMatchObject([{ key: 'asked_too_late', params: { label: 'no' } }]);
    const labelled = orderOf({ lines: order.lines, packages: [parcel('PENDING')] });
    expect(say(both, held, labelled)).toMatchObject([{ key: 'asked_too_late', params: { label: 'yes' } }]);
    const onItsWay = orderOf({ lines: order.lines, packages: [parcel('SHIPPED')] });
    expect(say(both, held, onItsWay)).toMatchObject([{ key: 'asked_held' }]);
  });

  it('REQ-13: only another source says so', () => {
    const sources = [
      { source: 'mail', at: 1 },
      { source: 'report', at: 2 },
    ] as const;
    const claimed = requestOf({ sources, lines: [askedLine({ confirmed: false })] });
    expect(say(claimed)).toMatchObject([{ key: 'sources_differ', params: { source: 'report' } }]);
    expect(say({ ...claimed, lines: [askedLine()] })).toMatchObject([{ key: 'asked_some_lines' }]);
  });

  it('REQ-10: the buyer only wrote: whether it is held, and when', () => {
    const sources = [{ source: 'message', at: 5_000 }] as const;
    const lines = [
      askedLine({ confirmed: false }),
      askedLine({ orderItemId: vaseId, confirmed: false }),
    ] as const;
    const wrote = requestOf({ sources, lines, confirmedAt: null });
    const said = (result: Held | null, present = true, hold = true) =>
      sayRequest(order, { request: wrote, held: result, present, hold });
    expect(said(held)).toEqual([
      { key: 'informal_waiting', params: { date: '1970-01-01T00:00:05.000Z', done: 'yes' } },
    ]);
    expect(said(heldWith({ is: 'holding' }))).toMatchObject([{ params: { done: 'no' } }]);
    expect(said(heldWith({ is: 'released' }))).toMatchObject([{ params: { done: 'released' } }]);
    expect(said(null, false)).toMatchObject([{ params: { done: 'absent' } }]);
    expect(said(heldWith(), true, false)).toMatchObject([{ params: { done: 'off' } }]);
    const [asked, other] = lines;
    const half = requestOf({ sources, lines: [{ ...asked, confirmed: true }, other] });
    expect(say(half)).toMatchObject([{ key: 'asked_some_lines', params: { n: 1, m: 2 } }]);
  });

  it('REQ-9: nothing of an order that Amazon fulfils', () => {
    expect(say(both, null, orderOf({ fulfilledBy: 'amazon' }))).toEqual([]);
  });

  it('CAN-17: of one that is declined, by when it has to be shipped', () => {
    expect(say(requestOf({ state: 'declined' }))).toEqual([
      { key: 'declined_waiting_ship', params: { date: order.shipBy.latest } },
    ]);
  });

  it.each(['withdrawn', 'cancelled'] as const)('nothing of one that is %s', (state) => {
    expect(say(requestOf({ state }))).toEqual([]);
  });
});

describe('REQ-1: what is not known', () => {
  const doubted = { lines: [lampLine({ request: { state: 'unknown' } }), vaseLine()] };

  it('is said of an open order, with or without a request on file', () => {
    expect(unasked(orderOf(doubted))).toMatchObject([{ key: 'request_unknown' }]);
    expect(say(both, held, orderOf(doubted)).map(({ key }) => key)).toEqual([
      'asked_held',
      'request_unknown',
    ]);
    expect(unasked(order)).toEqual([]);
  });

  it.each([
    [{ status: 'shipped' }],
    [{ status: 'cancelled' }],
    [{ status: 'pending' }],
    [{ fulfilledBy: 'amazon' }],
  ] as const)('is not said of one that is %j', (changes) => {
    expect(unasked(orderOf({ ...doubted, ...changes }))).toEqual([]);
  });
});
