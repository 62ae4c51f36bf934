import { describe, expect, it } from 'vitest';
import { orderId, orderOf } from '../../test/samples/orders.ts';
import {
  askedLine,
  handlingOf,
  heldWork,
  lampItem,
  lampLine,
  lampUnits,
  requestOf,
  sentCommand,
  vaseId,
  vaseItem,
  vaseLine,
  vaseUnits,
  workId,
  workOf,
} from '../../test/samples/requests.ts';
import { sampleNow } from '../../test/samples/situations.ts';
import { backOff } from './back-off.ts';
import type { Command } from './command.ts';
import { holdLines } from './hold-lines.ts';
import type { Holding } from './holding.ts';
import { callBackKey, holdKey, releaseKey } from './request-keys.ts';
import type { FulfillmentOrder } from './shopify-order.ts';

const order = orderOf({ lines: [lampLine(), vaseLine()] });
const vaseAsked = askedLine({ orderItemId: vaseId, sku: 'VASE' });
const onlyVase = requestOf({ lines: [vaseAsked] });
const bothLines = [lampUnits(), vaseUnits()];

const decide = (works: readonly FulfillmentOrder[], changes: Partial<Holding> = {}) =>
  holdLines({
    order,
    request: requestOf(),
    handling: handlingOf(...works),
    commands: [],
    now: sampleNow,
    ...changes,
  });
const outcomes = (works: readonly FulfillmentOrder[], changes: Partial<Holding> = {}) =>
  decide(works, changes).outcomes.map(({ outcome }) => outcome);

const lampUnit = (quantity = 1) => ({ lineItem: lampItem, quantity });
const vaseUnit = (quantity = 1) => ({ lineItem: vaseItem, quantity });
type HoldArgs = Extract<Command, { kind: 'hold_order' }>['args'];
const heldFor = (
  units: HoldArgs['units'],
  changes: Parameters<typeof sentCommand>[3] & {
    n?: number;
    work?: number;
    turn?: number;
    whole?: boolean;
  } = {},
) => {
  const { n = 1, work = 1, turn = 0, whole = true, ...rest } = changes;
  const args = { fulfillmentOrder: workId(work), parts: whole ? null : [{ id: 'l1', quantity: 1 }], units };
  return sentCommand('hold_order', holdKey(orderId, n, workId(work), turn), args, rest);
};
const released = (
  hold: string,
  lineItems: readonly string[],
  changes: Parameters<typeof sentCommand>[3] = {},
) =>
  sentCommand(
    'release_hold',
    releaseKey(orderId, hold),
    { fulfillmentOrder: workId(1), hold, lineItems },
    changes,
  );
const ownHold = heldWork().holds[0]?.id ?? '';

describe('REQ-3: what is held', () => {
  it('all of a fulfilment order where all of it is asked for', () => {
    expect(decide([workOf()]).send).toEqual([
      {
        kind: 'hold_order',
        key: holdKey(orderId, 1, workId(1), 0),
        from: null,
        args: { fulfillmentOrder: workId(1), parts: null, units: [lampUnit()] },
      },
    ]);
  });

  it('REQ-2: only the line that is asked for, with all its units', () => {
    const lines = [lampUnits(), vaseUnits({ remaining: 3 })];
    expect(decide([workOf({ lines })], { request: onlyVase }).send).toMatchObject([
      { args: { parts: [{ id: 'v1', quantity: 3 }], units: [vaseUnit(3)] } },
    ]);
  });

  it('only what is left of partly fulfilled work', () => {
    const work = workOf({ status: 'IN_PROGRESS', lines: [lampUnits({ remaining: 2 })] });
    expect(decide([work]).send).toMatchObject([{ args: { parts: null, units: [lampUnit(2)] } }]);
    expect(decide([workOf({ lines: [lampUnits({ remaining: 0 })] })]).send).toEqual([]);
  });

  it('all of it where others hold it already, for that cannot be split', () => {
    const holds = [{ id: 'h', handle: 'other', own: false }];
    const work = workOf({ status: 'ON_HOLD', holds, lines: bothLines });
    expect(decide([work], { request: onlyVase }).send).toMatchObject([{ args: { parts: null } }]);
  });

  it('a hold of another app under our handle is not ours, nor is our own under another one', () => {
    for (const hold of [
      { id: 'h', handle: 'concord-request', own: false },
      { id: 'h', handle: 'other', own: true },
    ])
      expect(decide([workOf({ status: 'ON_HOLD', holds: [hold] })]).send).toHaveLength(1);
  });

  it('at every place where units of the line are', () => {
    const [one, other] = [workOf(), workOf({ id: workId(2) })];
    const keys = decide([one, other]).send.map(({ key }) => key);
    expect(keys).toEqual([holdKey(orderId, 1, workId(1), 0), holdKey(orderId, 1, workId(2), 0)]);
  });

  it('at the second place too where only the first write came about', () => {
    const works = [heldWork(), workOf({ id: workId(2), lines: [lampUnits({ id: 'l2' })] })];
    const commands = [heldFor([lampUnit()]), heldFor([lampUnit()], { work: 2, state: 'planned' })];
    expect(decide(works, { commands }).send).toMatchObject([
      { kind: 'hold_order', from: 'planned', args: { fulfillmentOrder: workId(2), units: [lampUnit()] } },
    ]);
  });

  it('nothing of a request that is over', () => {
    for (const state of ['withdrawn', 'cancelled', 'declined', 'too_late'] as const)
      expect(decide([workOf()], { request: requestOf({ state }) })).toMatchObject({ send: [], outcomes: [] });
  });

  it('nothing of closed or cancelled work', () => {
    expect(decide([workOf({ status: 'CLOSED' }), workOf({ status: 'CANCELLED' })]).send).toEqual([]);
  });

  it('of another app’s order everything the asked line may be', () => {
    const unknown = [lampUnits({ orderItemId: null, sku: null })];
    expect(decide([workOf({ lines: unknown })], { request: onlyVase }).send).toHaveLength(1);
  });

  it('a hold that stands is held; whole where more stands under it than is asked for', () => {
    const commands = [heldFor([lampUnit()])];
    expect(outcomes([heldWork()], { commands })).toEqual([{ is: 'held', whole: false }]);
    expect(outcomes([heldWork({ lines: bothLines })], { commands })).toEqual([{ is: 'held', whole: true }]);
  });
});

describe('REQ-3: what cannot be split', () => {
  const refusal = { field: 'FULFILLMENT_ORDER_NOT_SPLITTABLE', text: 'not splittable' };
  const work = workOf({ lines: bothLines });

  it('is held whole, at once', () => {
    const commands = [heldFor([vaseUnit()], { state: 'refused', refusal, whole: false, endedAt: sampleNow })];
    expect(decide([work], { request: onlyVase, commands }).send).toMatchObject([
      { from: 'refused', args: { parts: null, units: [vaseUnit()] } },
    ]);
  });

  it('and refused whole too waits like any refusal', () => {
    const commands = [heldFor([vaseUnit()], { state: 'refused', refusal, endedAt: sampleNow })];
    expect(outcomes([work], { request: onlyVase, commands })).toEqual([
      { is: 'not_stopped', why: ['refused', 'not splittable'], again: backOff(1, sampleNow) },
    ]);
  });
});

describe('REQ-3: what Shopify refuses to hold', () => {
  const refusal = { field: 'id', text: 'cannot be held' };

  it('is not stopped, with its words, and tried again later', () => {
    const commands = [heldFor([lampUnit()], { state: 'refused', refusal, endedAt: sampleNow })];
    const again = backOff(1, sampleNow);
    expect(decide([workOf()], { commands })).toMatchObject({
      send: [],
      outcomes: [{ outcome: { is: 'not_stopped', why: ['refused', 'cannot be held'], again } }],
    });
    expect(decide([workOf()], { commands, now: again }).send).toMatchObject([{ from: 'refused' }]);
    const now = sampleNow + 1;
    expect(decide([workOf()], { commands, now, asked: new Map([[workId(1), now]]) }).send).toMatchObject([
      { kind: 'hold_order', from: 'refused' },
    ]);
    expect(decide([workOf()], { commands, now, wantedAt: now }).send).toMatchObject([{ from: 'refused' }]);
    expect(decide([workOf()], { commands, now, wantedAt: sampleNow }).send).toEqual([]);
  });

  it('is not stopped in a state without holds and without a way back', () => {
    const stuck = workOf({ status: 'IN_PROGRESS', actions: ['CREATE_FULFILLMENT'] });
    expect(outcomes([stuck])).toEqual([{ is: 'not_stopped', why: ['state', 'IN_PROGRESS'], again: null }]);
  });
});

describe('REQ-3: work at a third party', () => {
  const key = callBackKey(orderId, 1, workId(1));
  const accepted = workOf({
    status: 'IN_PROGRESS',
    requestStatus: 'ACCEPTED',
    actions: ['CREATE_FULFILLMENT', 'REQUEST_CANCELLATION'],
  });
  const asked = (changes: Parameters<typeof sentCommand>[3] = {}) =>
    sentCommand('call_back', key, { fulfillmentOrder: workId(1), how: 'ask' }, changes);

  it('that was not accepted is taken back', () => {
    const submitted = workOf({ requestStatus: 'SUBMITTED', actions: ['CANCEL_FULFILLMENT_ORDER'] });
    const args = { fulfillmentOrder: workId(1), how: 'cancel' };
    expect(decide([submitted]).send).toEqual([{ kind: 'call_back', key, from: null, args }]);
  });

  it('that was accepted is asked back, once, and is not stopped meanwhile', () => {
    expect(decide([accepted]).send).toMatchObject([{ kind: 'call_back', args: { how: 'ask' } }]);
    const waiting = { is: 'not_stopped', why: ['accepted', ''], again: null };
    expect(outcomes([accepted], { commands: [asked()] })).toEqual([waiting]);
    const requested = { ...accepted, requestStatus: 'CANCELLATION_REQUESTED' };
    expect(outcomes([requested])).toEqual([waiting]);
  });

  it('that it keeps is not stopped, and not asked for again', () => {
    const rejected = { ...accepted, requestStatus: 'CANCELLATION_REJECTED' };
    const commands = [asked({ state: 'confirmed' })];
    expect(decide([rejected], { commands })).toMatchObject({
      send: [],
      outcomes: [{ outcome: { is: 'not_stopped', why: ['rejected', ''] } }],
    });
  });

  it('that it keeps is asked back once more for each time that a person wants it', () => {
    const rejected = { ...accepted, requestStatus: 'CANCELLATION_REJECTED' };
    const first = asked({ state: 'confirmed', endedAt: sampleNow - 2000 });
    const wanted = (at: number) => new Map([[workId(1), at]]);
    const again = decide([rejected], { commands: [first], asked: wanted(sampleNow - 1000) });
    expect(again.send).toMatchObject([
      { kind: 'call_back', key: `${key}:1`, from: null, args: { how: 'ask' } },
    ]);
    const second = { ...first, key: `${key}:1`, endedAt: sampleNow - 500 };
    const commands = [first, second];
    expect(decide([rejected], { commands, asked: wanted(sampleNow - 1000) })).toMatchObject({
      send: [],
      outcomes: [{ outcome: { why: ['rejected', ''] } }],
    });
    expect(decide([rejected], { commands, asked: wanted(sampleNow) }).send).toMatchObject([
      { key: `${key}:2` },
    ]);
    // What was not answered yet is sent as it was.
    const lost = { ...second, state: 'unsure' as const };
    expect(decide([accepted], { commands: [first, lost], asked: wanted(sampleNow) }).send).toMatchObject([
      { key: `${key}:1`, from: 'unsure' },
    ]);
  });

  it('that it refused somebody else before is asked back all the same', () => {
    expect(decide([{ ...accepted, requestStatus: 'CANCELLATION_REJECTED' }]).send).toHaveLength(1);
  });

  it('that it gave back is held', () => {
    const back = workOf({ requestStatus: 'CANCELLATION_ACCEPTED' });
    expect(decide([back], { commands: [asked({ state: 'confirmed' })] }).send).toMatchObject([
      { kind: 'hold_order' },
    ]);
  });

  it('stays not stopped where other units of the line are held here', () => {
    const works = [heldWork(), { ...accepted, id: workId(2), lines: [lampUnits({ id: 'l2' })] }];
    const commands = [
      heldFor([lampUnit()]),
      sentCommand('call_back', callBackKey(orderId, 1, workId(2)), {
        fulfillmentOrder: workId(2),
        how: 'ask',
      }),
    ];
    expect(
      outcomes(works, { commands })
        .map(({ is }) => is)
        .sort(),
    ).toEqual(['held', 'not_stopped']);
  });

  it('whose call back was refused is tried again later', () => {
    const refusal = { field: 'id', text: 'no' };
    const commands = [asked({ state: 'refused', refusal, endedAt: sampleNow })];
    expect(outcomes([accepted], { commands })).toMatchObject([{ is: 'not_stopped', why: ['refused', 'no'] }]);
  });
});

describe('REQ-4: what a person released', () => {
  it('is not held again for the same request', () => {
    const commands = [heldFor([lampUnit()], { state: 'confirmed' })];
    expect(decide([workOf()], { commands })).toMatchObject({
      send: [],
      outcomes: [{ outcome: { is: 'released' } }],
    });
  });

  it('is held again for the next one', () => {
    const request = requestOf({ n: 2 });
    expect(decide([workOf()], { request, commands: [heldFor([lampUnit()])] }).send).toMatchObject([
      { key: holdKey(orderId, 2, workId(1), 0) },
    ]);
  });

  it('is held again after we released it ourselves', () => {
    const commands = [
      heldFor([lampUnit()], { endedAt: sampleNow - 30_000 }),
      released(ownHold, [lampItem], { endedAt: sampleNow - 10_000 }),
    ];
    expect(decide([workOf()], { commands }).send).toMatchObject([{ key: holdKey(orderId, 1, workId(1), 1) }]);
    const heldSince = [...commands, heldFor([lampUnit()], { turn: 1, endedAt: sampleNow - 5_000 })];
    expect(outcomes([workOf()], { commands: heldSince })).toEqual([{ is: 'released' }]);
  });

  it.each(['sending', 'unsure'] as const)(
    'is held again where our own release is %s, and the hold is gone: a release that is not answered is ours',
    (state) => {
      const lost = { state, endedAt: state === 'sending' ? null : sampleNow - 20_000 };
      const held = heldFor([lampUnit()], { state: 'confirmed' });
      const release = released(ownHold, [lampItem], { ...lost, sentAt: sampleNow - 20_000 });
      expect(decide([workOf()], { commands: [held, release] })).toMatchObject({
        send: [{ key: holdKey(orderId, 1, workId(1), 1) }],
        events: [{ key: releaseKey(orderId, ownHold), event: 'seen' }],
      });
    },
  );

  it('is held again where our release of an earlier request landed after the hold was put on file for this one', () => {
    const request = requestOf({ n: 2 });
    const minutes = (n: number) => sampleNow - 10 * 60_000 + n * 60_000;
    const at = (n: number) => ({ sentAt: minutes(n), endedAt: minutes(n) });
    const late = released(ownHold, [lampItem], { state: 'unsure', ...at(1) });
    const commands = [heldFor([lampUnit()], at(0)), late, heldFor([lampUnit()], { n: 2, ...at(4) })];
    const again = { send: [{ key: holdKey(orderId, 2, workId(1), 1) }] };
    expect(decide([heldWork()], { request, commands }).send).toEqual([]);
    expect(decide([workOf()], { request, commands })).toMatchObject(again);
    // As it is kept then: it ended when it was seen.
    const seen = commands.map((one) =>
      one === late ? { ...one, state: 'confirmed' as const, endedAt: minutes(6) } : one,
    );
    expect(decide([workOf()], { request, commands: seen })).toMatchObject(again);
  });

  it('and what was seen at the same moment counts as it was sent', () => {
    const seenAt = sampleNow - 5_000;
    const of = (holdSent: number, releaseSent: number) => [
      heldFor([lampUnit()], { state: 'confirmed', sentAt: holdSent, endedAt: seenAt }),
      released(ownHold, [lampItem], { sentAt: releaseSent, endedAt: seenAt }),
    ];
    expect(decide([workOf()], { commands: of(1, 2) }).send).toHaveLength(1);
    expect(outcomes([workOf()], { commands: of(2, 1) })).toEqual([{ is: 'released' }]);
  });

  it('a hold in the dark is not taken for seen because of a release in the dark', () => {
    const commands = [
      heldFor([lampUnit()], { state: 'unsure', sentAt: 1 }),
      released(ownHold, [lampItem], { state: 'unsure', sentAt: 2 }),
    ];
    expect(decide([workOf()], { commands }).events.map(({ key }) => key)).toEqual([
      releaseKey(orderId, ownHold),
    ]);
  });

  it('stays released where its lines came back into other work', () => {
    const commands = [heldFor([vaseUnit()], { work: 2 })];
    const merged = workOf({ lines: bothLines });
    expect(outcomes([merged], { request: onlyVase, commands })).toEqual([{ is: 'released' }]);
  });

  it('does not keep another line of the same work from being held later', () => {
    const commands = [heldFor([vaseUnit()], { whole: false })];
    const request = requestOf({ lines: [vaseAsked, askedLine()] });
    expect(decide([workOf({ lines: bothLines })], { request, commands }).send).toMatchObject([
      {
        key: holdKey(orderId, 1, workId(1), 1),
        args: { parts: [{ id: 'l1', quantity: 1 }], units: [lampUnit()] },
      },
    ]);
  });

  it('of a line in two places, the other place stays held', () => {
    const works = [workOf(), heldWork({ id: workId(2), lines: [lampUnits({ id: 'l2' })] })];
    const commands = [heldFor([lampUnit()]), heldFor([lampUnit()], { work: 2 })];
    expect(decide(works, { commands })).toMatchObject({
      send: [],
      outcomes: [{ outcome: { is: 'released' } }, { outcome: { is: 'held' } }],
    });
  });

  it('of a line of which more units appear elsewhere: these are held, not the released ones', () => {
    const works = [workOf(), workOf({ id: workId(2), lines: [lampUnits({ id: 'l2' })] })];
    expect(decide(works, { commands: [heldFor([lampUnit()])] })).toMatchObject({
      send: [{ args: { fulfillmentOrder: workId(2) } }],
      outcomes: [{ outcome: { is: 'holding' } }, { outcome: { is: 'released' } }],
    });
  });

  it('of a line asked for after all of the work was held: it is put on file, so that its release is known', () => {
    const request = requestOf({ lines: [vaseAsked, askedLine()] });
    const first = heldFor([vaseUnit()]);
    const { send, outcomes: held } = decide([heldWork({ lines: bothLines })], { request, commands: [first] });
    expect(send).toMatchObject([
      { key: holdKey(orderId, 1, workId(1), 1), args: { parts: null, units: [lampUnit()] } },
    ]);
    expect(held[0]?.outcome).toEqual({ is: 'held', whole: false });
    const commands = [first, heldFor([lampUnit()], { turn: 1 })];
    expect(decide([heldWork({ lines: bothLines })], { request, commands }).send).toEqual([]);
    expect(outcomes([workOf({ lines: bothLines })], { request, commands })).toEqual([{ is: 'released' }]);
  });

  it('whatever became of the answer: a hold whose answer is missing and that is not there is sent again', () => {
    for (const state of ['sending', 'unsure', 'planned'] as const)
      expect(decide([workOf()], { commands: [heldFor([lampUnit()], { state })] }).send).toMatchObject([
        { from: state },
      ]);
  });
});

describe('REQ-4, REQ-7: what is released', () => {
  const over = requestOf({ state: 'withdrawn', lines: [askedLine({ ended: 'withdrawn' })] });
  const commands = [heldFor([lampUnit()])];

  it('our own hold of a withdrawn request, by its name', () => {
    expect(decide([heldWork()], { request: over, commands }).send).toEqual([
      {
        kind: 'release_hold',
        key: releaseKey(orderId, ownHold),
        from: null,
        args: { fulfillmentOrder: workId(1), hold: ownHold, lineItems: [lampItem] },
      },
    ]);
  });

  it('never a hold of others', () => {
    const holds = [
      { id: 'h1', handle: 'other', own: false },
      { id: 'h2', handle: 'concord-request', own: false },
      { id: 'h3', handle: 'concord-cancelling', own: true },
    ];
    expect(decide([heldWork({ holds })], { request: over, commands }).send).toEqual([]);
  });

  it.each([
    ['withdrawn', 1],
    ['shipped', 1],
    ['cancelled', 0],
    [null, 0],
  ] as const)('a line that ended as %s: %i releases', (ended, count) => {
    const request = requestOf({ lines: [askedLine({ ended })] });
    const { send } = decide([heldWork()], { request, commands });
    expect(send.filter(({ kind }) => kind === 'release_hold')).toHaveLength(count);
  });

  it('CAN-17: what is declined, and not what Amazon cancelled of it', () => {
    const of = (ended: 'cancelled' | null) =>
      decide([heldWork()], {
        request: requestOf({ state: 'declined', lines: [askedLine({ ended })] }),
        commands,
      }).send.map(({ kind }) => kind);
    expect(of(null)).toEqual(['release_hold']);
    expect(of('cancelled')).toEqual([]);
  });

  it('not while something else under the hold is still asked for', () => {
    const request = requestOf({ lines: [askedLine({ ended: 'withdrawn' }), vaseAsked] });
    const both = [heldFor([lampUnit(), vaseUnit()])];
    expect(decide([heldWork({ lines: bothLines })], { request, commands: both }).send).toEqual([]);
  });

  it('once; refused, it is said and tried again later', () => {
    const refusal = { field: 'id', text: 'no' };
    const done = [...commands, released(ownHold, [lampItem])];
    expect(decide([heldWork()], { request: over, commands: done }).send).toEqual([]);
    const again = backOff(1, sampleNow);
    const no = [
      ...commands,
      released(ownHold, [lampItem], { state: 'refused', refusal, endedAt: sampleNow }),
    ];
    expect(decide([heldWork()], { request: over, commands: no })).toMatchObject({
      send: [],
      unreleased: [{ work: workId(1), text: 'no', again }],
    });
    expect(decide([heldWork()], { request: over, commands: no, now: again }).send).toHaveLength(1);
    const asked = { now: sampleNow + 1, wantedAt: sampleNow + 1 };
    expect(decide([heldWork()], { request: over, commands: no, ...asked }).send).toHaveLength(1);
  });
});

describe('PRO-3: what a look shows of writes', () => {
  const events = (works: readonly FulfillmentOrder[], commands: readonly Command[]) =>
    decide(works, { commands }).events.map(({ key }) => key);
  const key = holdKey(orderId, 1, workId(1), 0);

  it.each([
    ['sending', [key]],
    ['unsure', [key]],
    ['accepted', [key]],
    ['confirmed', []],
    ['planned', []],
  ] as const)('a hold that stands, %s before', (state, keys) => {
    expect(events([heldWork()], [heldFor([lampUnit()], { state })])).toEqual(keys);
  });

  it('a hold that is not there is not seen, nor one of which only other units stand', () => {
    expect(events([workOf()], [heldFor([lampUnit()], { state: 'sending' })])).toEqual([]);
    const second = heldFor([lampUnit()], { work: 2, state: 'sending' });
    const works = [heldWork(), workOf({ id: workId(2), lines: [lampUnits({ id: 'l2' })] })];
    expect(events(works, [heldFor([lampUnit()], { state: 'confirmed' }), second])).toEqual([]);
  });

  it('a release whose hold is gone', () => {
    const release = released(ownHold, [lampItem]);
    expect(events([workOf()], [heldFor([lampUnit()], { state: 'confirmed' }), release])).toEqual([
      release.key,
    ]);
    expect(events([heldWork()], [heldFor([lampUnit()], { state: 'confirmed' }), release])).toEqual([]);
  });

  it('a cancellation that the third party was asked for', () => {
    const call = sentCommand('call_back', callBackKey(orderId, 1, workId(1)), {
      fulfillmentOrder: workId(1),
      how: 'ask',
    });
    expect(events([workOf({ requestStatus: 'CANCELLATION_REQUESTED' })], [call])).toEqual([call.key]);
    expect(events([workOf({ requestStatus: 'ACCEPTED' })], [call])).toEqual([]);
  });
});
