import { describe, expect, it } from 'vitest';
import { foundOrder, orderId } from '../../test/samples/orders.ts';
import {
  askedLine,
  claimOf,
  handlingOf,
  heldWork,
  lampId,
  lampLine,
  requestOf,
  sentCommand,
  vaseId,
  vaseLine,
  vaseUnits,
  lampUnits,
  workId,
  workOf,
} from '../../test/samples/requests.ts';
import {
  amazonShows,
  sampleNow,
  shopifyShows,
  situationOf,
  toOwn,
  unlinked,
} from '../../test/samples/situations.ts';
import type { AmazonOrder } from './amazon-order.ts';
import type { Choice, ChoiceArgs, ChoiceState } from './choice.ts';
import { decide, type Decision, type Situation } from './decide.ts';
import { coveredByRequest } from './covered-by-request.ts';
import type { CancelRequest } from './request.ts';
import { holdKey } from './request-keys.ts';
import { settingsSchema } from './settings.ts';
import type { Handling } from './shopify-order.ts';

const hour = 3_600_000;
const wrote = sampleNow - 60_000;
const shipBy = Date.parse('2026-11-23T07:59:59Z');
const asked = { state: 'asked' as const, reason: null };

const choice = <Kind extends 'informal' | 'unmark' | 'decline' | 'cancel'>(
  kind: Kind,
  args: ChoiceArgs[Kind],
  changes: { readonly at?: number; readonly state?: ChoiceState } = {},
): Choice =>
  ({
    id: kind,
    kind,
    subject: '',
    args,
    state: 'open',
    by: 'staff 1',
    at: wrote,
    undoUntil: wrote,
    endedAt: null,
    outcome: null,
    ...changes,
    // The kind and its arguments belong together, which the compiler cannot follow.
  }) as Choice;
const message = (
  args: Partial<ChoiceArgs['informal']> = {},
  changes: { readonly state?: ChoiceState } = {},
) => choice('informal', { lines: [], why: 'changed_mind', hold: true, ...args }, changes);

/** The wish as the message made it. */
const written = (changes: Partial<CancelRequest> = {}): CancelRequest =>
  requestOf({
    requestedAt: wrote,
    confirmedAt: null,
    lines: [askedLine({ confirmed: false, reason: null })],
    sources: [{ source: 'message', at: wrote }],
    reasonCategory: 'changed_mind',
    ...changes,
  });

const inShopify = (handling: Handling, changes: Parameters<typeof foundOrder>[0] = {}) => ({
  ...shopifyShows(foundOrder(changes)),
  handling,
});
const working = handlingOf(workOf());

/** The order stands on both sides, and a person wrote a message down that no look has worked in yet. */
function fresh(changes: Partial<Situation> = {}, order: Partial<AmazonOrder> = {}): Decision {
  return decide(
    situationOf({
      link: toOwn,
      amazon: amazonShows(order),
      shopify: inShopify(working),
      claims: [claimOf({ source: 'message', saidAt: wrote, seenAt: wrote })],
      choices: [message()],
      ...changes,
    }),
  );
}

/** It was worked in before. */
const later = (changes: Partial<Situation> = {}, order: Partial<AmazonOrder> = {}): Decision =>
  fresh({ claims: [], requests: [written()], ...changes }, order);

const kinds = ({ send }: Decision) => send.map(({ kind }) => kind);
const states = ({ description: { key, also } }: Decision) => [key, ...also.map((one) => one.key)];
const problems = (decision: Decision) => decision.problems.map(({ kind }) => kind);

describe('REQ-10: a message is a claim: marked and held, and nothing more', () => {
  it('opens a record with the message as its source, of which staff need no notice', () => {
    const decision = fresh();
    expect(kinds(decision)).toEqual(['hold_order', 'mark_order']);
    expect(decision.request).toMatchObject({
      n: 1,
      state: 'open',
      confirmedAt: null,
      sources: [{ source: 'message', at: wrote }],
      reasonCategory: 'changed_mind',
    });
    expect(decision).toMatchObject({ opened: false, settled: ['c1'], ends: [], plan: [] });
    expect(states(decision)).toContain('informal_waiting');
  });

  it('of some lines only these are held', () => {
    const both = handlingOf(workOf({ lines: [lampUnits(), vaseUnits()] }));
    const decision = fresh(
      {
        shopify: inShopify(both),
        choices: [message({ lines: [vaseId] })],
        claims: [claimOf({ source: 'message', saidAt: wrote, seenAt: wrote, orderItemIds: [vaseId] })],
      },
      { lines: [lampLine(), vaseLine()] },
    );
    expect(decision.request?.lines.map(({ orderItemId }) => orderItemId)).toEqual([vaseId]);
    expect(decision.send[0]).toMatchObject({ args: { parts: [{ id: 'v1', quantity: 1 }] } });
  });

  it('without a hold it is only marked, and so it is said', () => {
    const decision = fresh({ choices: [message({ hold: false })] });
    expect(kinds(decision)).toEqual(['mark_order']);
    expect(decision.description.also.concat(decision.description)).toContainEqual(
      expect.objectContaining({ params: expect.objectContaining({ done: 'off' }) as unknown }),
    );
    expect(decision.request?.held).toBe('no');
    const noWork = { shopify: inShopify(handlingOf()), now: sampleNow + hour };
    expect(problems(later({ choices: [message({ hold: false })], ...noWork }))).toEqual([]);
    expect(problems(later(noWork))).toEqual(['not_stopped']);
    const unread: Situation['shopify'] = { kind: 'unreadable', why: 'No answer.', at: null, final: false };
    const dark = { shopify: unread, failures: 3 };
    expect(problems(later({ choices: [message({ hold: false })], ...dark }))).not.toContain('not_stopped');
    expect(problems(later(dark))).toContain('not_stopped');
  });

  it('what is claimed beside it is held, whatever was wanted for the message', () => {
    const mail = claimOf({ id: 'c2', source: 'mail', seenAt: sampleNow - 500 });
    const decision = later({ choices: [message({ hold: false })], claims: [mail] });
    expect(kinds(decision)).toEqual(['hold_order', 'mark_order']);
    expect(states(decision)).toContain('informal_waiting');
  });

  it('CAN-6: never makes the reason the buyer’s', () => {
    const { order } = amazonShows() as { order: AmazonOrder };
    expect(coveredByRequest(order, written())).toBe('none');
    const cancel = choice('cancel', { amount: 2000, reason: 'BuyerCanceled', restock: true });
    const decision = later({ choices: [message(), cancel] });
    expect(decision.plan).toEqual([]);
    expect(decision.ends).toContainEqual({ id: 'cancel', state: 'refused', outcome: 'reason_needs_request' });
  });
});

describe('REQ-10: in every state of the order', () => {
  it.each([
    ['not in Shopify yet', { link: unlinked, shopify: shopifyShows() }, {}, 'open'],
    ['pending', { link: unlinked, shopify: shopifyShows() }, { status: 'pending' }, 'open'],
    ['nothing prepared for sending yet', { shopify: inShopify(handlingOf()) }, {}, 'open'],
    ['cancelled in Shopify', { shopify: inShopify(working, { cancelledAt: sampleNow - 1000 }) }, {}, 'open'],
    ['shipped meanwhile', {}, { status: 'shipped' }, 'too_late'],
    [
      'fulfilled in Shopify',
      { shopify: inShopify(handlingOf(workOf({ status: 'CLOSED', lines: [lampUnits({ remaining: 0 })] }))) },
      {},
      'too_late',
    ],
    ['cancelled meanwhile', {}, { status: 'cancelled' }, 'cancelled'],
    ['by Amazon', {}, { fulfilledBy: 'amazon' }, 'open'],
  ] as const)('%s: nothing is held', (_, changes, order, state) => {
    const decision = later(changes, order);
    expect(kinds(decision)).not.toContain('hold_order');
    expect(decision.request?.state).toBe(state);
  });

  it.each(['shipped', 'cancelled'] as const)('is over once the order is %s, with its choice', (status) => {
    const decision = later({}, { status });
    expect(decision.request?.closedAt).toBe(sampleNow);
    expect(decision.ends).toContainEqual({ id: 'informal', state: 'done', outcome: null });
  });

  it('while Amazon cannot be read it is held by what is remembered, and nothing is released', () => {
    const { order } = amazonShows() as { order: AmazonOrder };
    const blind = {
      amazon: { kind: 'unreadable', why: 'No answer.', at: sampleNow + 1000, final: false },
      remembered: {
        readAt: sampleNow - hour,
        order,
        prints: { ship: '', deliver: '', address: '', lines: '' },
      },
    } as unknown as Partial<Situation>;
    expect(kinds(fresh(blind))).toContain('hold_order');
    const taken = { choices: [choice('unmark', { n: 1 })], shopify: inShopify(handlingOf(heldWork())) };
    expect(kinds(later({ ...blind, ...taken }))).not.toContain('release_hold');
  });

  it('recorded after the last wish was over it is a new one; recorded before, it is over too', () => {
    const over = (closedAt: number) =>
      requestOf({ state: 'withdrawn', closedAt, lines: [askedLine({ ended: 'withdrawn' })] });
    expect(fresh({ requests: [over(wrote - 1)] }).request).toMatchObject({ n: 2, state: 'open' });
    const late = fresh({ requests: [over(wrote + 1)] });
    expect(late.request).toMatchObject({ n: 1, state: 'withdrawn' });
    expect(late.ends).toEqual([{ id: 'informal', state: 'done', outcome: null }]);
  });
});

describe('REQ-6 REQ-10: the buyer asks in the account', () => {
  const ofLamp = { lines: [lampLine({ request: { state: 'asked', reason: 'By mistake' } })] };

  it('it is the same record, which keeps the message as a source, and staff hear of it', () => {
    const decision = later({}, ofLamp);
    expect(decision.request).toMatchObject({
      n: 1,
      confirmedAt: sampleNow - 1000,
      sources: [{ source: 'message' }, { source: 'order' }],
      reasonCategory: 'mistake',
    });
    expect(decision.opened).toBe(true);
    expect(decision.ends).toEqual([{ id: 'informal', state: 'done', outcome: null }]);
    expect(states(decision)).not.toContain('informal_waiting');
    expect(problems(decision)).toEqual([]);
    const again = later({ requests: [decision.request ?? written()] }, ofLamp);
    expect(again.opened).toBe(false);
  });

  it('CAN-16: the merchant’s rules may approve it then: writing a message down decided nothing', () => {
    const settings = settingsSchema.parse({ autoAccept: { on: true } });
    expect(later({ settings }).choose).toEqual([]);
    expect(later({ settings }, ofLamp).choose).toMatchObject([
      { kind: 'cancel', args: { reason: 'BuyerCanceled' } },
    ]);
  });

  it('it is held then, also where the message was not', () => {
    expect(kinds(later({ choices: [message({ hold: false })] }, ofLamp))).toContain('hold_order');
  });

  it('what was decided to ship on a message alone is open again, and held', () => {
    const declined = written({ state: 'declined', version: 2 });
    const decline = choice('decline', { n: 1 }, { at: wrote + 1000 });
    expect(later({ requests: [declined], choices: [message(), decline] })).toMatchObject({
      request: { state: 'declined' },
      ends: [],
    });
    const decision = later({ requests: [declined], choices: [message(), decline] }, ofLamp);
    expect(decision.request?.state).toBe('open');
    expect(kinds(decision)).toContain('hold_order');
    expect(decision.ends).toContainEqual({ id: 'decline', state: 'stale', outcome: null });
    const known = written({ state: 'declined', confirmedAt: wrote, lines: [askedLine()] });
    const after = later({ requests: [known], choices: [decline] }, ofLamp);
    expect(after.request?.state).toBe('declined');
  });

  it('of fewer lines than in the message: the others are let go after a second look', () => {
    const both = written({
      lines: [askedLine({ confirmed: false }), askedLine({ orderItemId: vaseId, confirmed: false })],
    });
    const lines = [lampLine({ request: asked }), vaseLine()];
    const once = later({ requests: [both] }, { lines });
    expect(once.request?.lines).toMatchObject([{ ended: null }, { ended: null }]);
    expect(once.ends).toEqual([]);
    const twice = later({ requests: [once.request ?? both], now: sampleNow + 2 * 60_000 }, { lines });
    expect(twice.request?.lines).toMatchObject([{ ended: null }, { ended: null }]);
    const amazon = { ...amazonShows({ lines }), startedAt: sampleNow + 2 * 60_000 } as Situation['amazon'];
    const sure = later({ requests: [once.request ?? both], amazon, now: sampleNow + 2 * 60_000 });
    expect(sure.request?.lines).toMatchObject([
      { orderItemId: lampId, ended: null },
      { orderItemId: vaseId, ended: 'withdrawn' },
    ]);
    expect(sure.ends).toEqual([{ id: 'informal', state: 'done', outcome: null }]);
  });
});

describe('REQ-10: mark and hold are removed', () => {
  const held = handlingOf(heldWork());
  const hold = sentCommand('hold_order', holdKey(orderId, 1, workId(1), 0), {
    fulfillmentOrder: workId(1),
    parts: null,
    units: [{ lineItem: 'gid://shopify/LineItem/1', quantity: 1 }],
  });
  const removed = [message({}, { state: 'withdrawn' }), choice('unmark', { n: 1 }, { at: sampleNow - 500 })];

  it('the hold is released, the tag goes, the record is over and stays', () => {
    const decision = later({
      shopify: inShopify({ ...held, tagged: true }),
      choices: removed,
      commands: [hold],
    });
    expect(kinds(decision)).toEqual(['release_hold', 'mark_order']);
    expect(decision.request).toMatchObject({ state: 'withdrawn', closedAt: sampleNow, confirmedAt: null });
    expect(decision.ends).toEqual([{ id: 'unmark', state: 'done', outcome: null }]);
    expect(states(decision)).not.toContain('informal_waiting');
  });

  it('also what a mail claimed; not what Amazon shows', () => {
    const claimed = written({ sources: [{ source: 'mail', at: wrote }] });
    expect(later({ requests: [claimed], choices: removed }).request?.state).toBe('withdrawn');
    const shown = later({ choices: removed }, { lines: [lampLine({ request: asked })] });
    expect(shown.request).toMatchObject({ state: 'open', closedAt: null });
    expect(shown.ends).toEqual([{ id: 'unmark', state: 'done', outcome: null }]);
    const before = later({ requests: [requestOf()], choices: removed });
    expect(before.request?.lines).toMatchObject([{ ended: null }]);
  });

  it('what is claimed after it is news', () => {
    const mail = claimOf({ source: 'mail', saidAt: sampleNow - 100, seenAt: sampleNow - 100 });
    expect(later({ choices: removed, claims: [mail] }).request).toMatchObject({ state: 'open' });
  });
});

describe('REQ-10: no answer by a day before the ship-by', () => {
  const at = (now: number, order: Partial<AmazonOrder> = {}, changes: Partial<Situation> = {}) =>
    later({ now, shopify: inShopify(handlingOf(heldWork())), ...changes }, order);

  it('is looked at then, and becomes a person’s matter', () => {
    const before = at(shipBy - 25 * hour);
    expect(problems(before)).toEqual([]);
    expect(before.dueAgain).toMatchObject({ at: shipBy - 24 * hour, reason: 'ship_by' });
    expect(at(shipBy - 24 * hour).problems).toContainEqual({
      kind: 'informal_no_answer',
      subject: '',
      params: { id: orderId, date: '2026-11-23T07:59:59Z' },
    });
  });

  it('without a ship-by it is a day after the message', () => {
    const anyTime = { shipBy: { earliest: null, latest: null } };
    expect(problems(at(wrote + 24 * hour - 1, anyTime))).toEqual([]);
    expect(problems(at(wrote + 24 * hour, anyTime))).toEqual(['informal_no_answer']);
  });

  it('nobody is asked where the order is decided on, shipped, or asked for in the account', () => {
    const decline = [message(), choice('decline', { n: 1 })];
    for (const [order, changes] of [
      [{}, { choices: decline }],
      [{ status: 'shipped' }, {}],
      [{ lines: [lampLine({ request: asked })] }, {}],
    ] as const)
      expect(problems(at(shipBy - hour, order, changes))).not.toContain('informal_no_answer');
  });

  it('a source that Amazon does not confirm is no other problem beside it', () => {
    const sources = [
      { source: 'mail', at: wrote - 5 * hour },
      { source: 'message', at: wrote },
    ] as const;
    expect(problems(later({ requests: [written({ sources })] }))).toEqual([]);
  });
});
