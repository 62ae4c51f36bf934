import { describe, expect, it } from 'vitest';
import { orderOf } from '../../test/samples/orders.ts';
import {
  askedLine,
  claimOf,
  lampId,
  lampLine,
  requestOf,
  vaseId,
  vaseLine,
} from '../../test/samples/requests.ts';
import { sampleNow } from '../../test/samples/situations.ts';
import type { AmazonLine, AmazonOrder } from './amazon-order.ts';
import { recogniseRequest, wordsHoldMs, type Seen } from './recognise-request.ts';

const readAt = sampleNow - 1000;
const minute = 60_000;
const asked = (reason: string | null = null) => ({ state: 'asked' as const, reason });
const none = { state: 'none' as const };
const unknown = { state: 'unknown' as const };
const ofLines = (...lines: AmazonLine[]) => orderOf({ lines });
const lamp = (request: AmazonLine['request'], more: Partial<AmazonLine> = {}) =>
  ofLines(lampLine({ request, ...more }));
const see = (order: AmazonOrder, changes: Partial<Seen> = {}) =>
  recogniseRequest({
    order,
    readAt,
    records: [],
    claims: [],
    gone: null,
    unmarkedAt: null,
    now: sampleNow,
    ...changes,
  });
const after = (order: AmazonOrder, changes: Partial<Seen> = {}, record = requestOf()) =>
  see(order, { records: [record], ...changes }).record;

describe('REQ-1: what is a request', () => {
  it.each([
    ['asked', asked('By mistake'), 'open'],
    ['not asked', none, undefined],
    ['unknown', unknown, undefined],
  ] as const)('Amazon says %s', (_, request, state) => {
    expect(see(lamp(request)).record?.state).toBe(state);
  });

  it('REQ-1: unknown changes nothing of a request that is on file', () => {
    const before = requestOf();
    expect(after(lamp(unknown), { readAt: sampleNow + 10 * minute })).toEqual(before);
    const doubted = requestOf({ lines: [askedLine({ absentSince: readAt - 10 * minute })] });
    expect(after(lamp(unknown), {}, doubted)).toEqual(doubted);
  });

  it('REQ-1: the source is the one of Amazon’s orders that was read', () => {
    const order = orderOf({ requestsFrom: 'order_v0', lines: [lampLine({ request: asked() })] });
    expect(see(order).record?.sources).toEqual([{ source: 'order_v0', at: readAt }]);
  });

  it('REQ-11: only a new record is opened', () => {
    expect(see(lamp(asked())).opened).toBe(true);
    expect(see(lamp(asked()), { records: [requestOf()] }).opened).toBe(false);
    expect(see(lamp(none)).opened).toBe(false);
  });
});

describe('REQ-2: requests are per line', () => {
  it.each([
    ['unshipped', null],
    ['shipped', 'shipped'],
    ['cancelled', 'cancelled'],
  ] as const)('a line that Amazon no longer names waits for the end of its order (%s)', (status, ended) => {
    const doubted = requestOf({ lines: [askedLine({ absentSince: readAt - 10 * minute })] });
    const record = after(orderOf({ status, lines: [vaseLine()] }), {}, doubted);
    expect(record?.lines).toMatchObject([{ orderItemId: lampId, absentSince: null, ended }]);
  });

  it('takes in the lines that are asked for, and one that is asked for later', () => {
    const one = see(ofLines(lampLine(), vaseLine({ request: asked('Too dear') }))).record;
    expect(one?.lines).toMatchObject([{ orderItemId: vaseId, sku: 'VASE', reason: 'Too dear' }]);
    const both = after(
      ofLines(lampLine({ request: asked() }), vaseLine({ request: asked('Too dear') })),
      {},
      one ?? undefined,
    );
    expect(both?.lines.map(({ orderItemId }) => orderItemId)).toEqual([vaseId, lampId]);
    expect(both).toMatchObject({ n: 1, version: 2 });
  });

  it('a line that Amazon cancelled already is no part of a new request', () => {
    const gone = lampLine({ request: asked(), cancelled: { by: 'BUYER', reason: null } });
    expect(see(ofLines(gone)).record).toBeNull();
  });
});

describe('REQ-6: one wish from many sources is one request', () => {
  it('lists each source with when it saw it first', () => {
    const claims = [
      claimOf({ id: 'b', source: 'report', seenAt: readAt + 500 }),
      claimOf({ id: 'a', seenAt: readAt - 500 }),
    ];
    const { record, settled } = see(lamp(asked()), { claims });
    expect(record?.sources.map(({ source }) => source)).toEqual(['notification', 'order', 'report']);
    expect(record?.requestedAt).toBe(readAt - 500);
    expect(settled).toEqual(['b', 'a']);
  });

  it('a source that says it again keeps its first time, and nothing changes', () => {
    const before = see(lamp(asked()), { claims: [claimOf()] }).record ?? requestOf();
    const again = after(
      lamp(asked()),
      { claims: [claimOf({ id: 'again', seenAt: sampleNow + minute, saidAt: sampleNow })] },
      before,
    );
    expect(again).toEqual(before);
  });

  it('a source that is new is a change to show', () => {
    expect(after(lamp(asked('By mistake')), { claims: [claimOf()] })?.version).toBe(2);
  });
});

describe('REQ-7: withdrawn', () => {
  const once = requestOf({ lines: [askedLine({ absentSince: readAt })] });

  it('absent once, it is still open; the time of that reading is kept', () => {
    expect(after(lamp(none))).toEqual(once);
  });

  it.each([
    [0, null],
    [minute - 1, null],
    [minute, 'withdrawn'],
    [10 * minute, 'withdrawn'],
  ])('absent a second time after %i ms: %s', (later, ended) => {
    const record = after(lamp(none), { readAt: readAt + later }, once);
    expect(record?.lines[0]?.ended).toBe(ended);
    expect(record?.state).toBe(ended ?? 'open');
    expect(record?.closedAt).toBe(ended ? sampleNow : null);
  });

  it('shown again in between, the count begins anew', () => {
    const back = after(lamp(asked('By mistake')), { readAt: readAt + 30_000 }, once);
    expect(back?.lines[0]?.absentSince).toBeNull();
  });

  it('REQ-13: what only a claim said is not withdrawn by its absence', () => {
    const claimed = requestOf({ confirmedAt: null, lines: [askedLine({ confirmed: false })] });
    const first = after(lamp(none), {}, claimed) ?? claimed;
    const second = after(lamp(none), { readAt: readAt + 10 * minute }, first);
    expect(second).toMatchObject({ state: 'open', closedAt: null });
  });

  it('a claim for the whole order gives way to the lines that Amazon shows', () => {
    const order = ofLines(lampLine(), vaseLine({ request: asked() }));
    const first = see(order, { claims: [claimOf()] }).record ?? requestOf();
    expect(first.lines).toHaveLength(2);
    const second = after(order, { readAt: readAt + minute }, first) ?? first;
    const third = after(order, { readAt: readAt + 2 * minute }, second);
    expect(third?.lines.find(({ orderItemId }) => orderItemId === lampId)?.ended).toBe('withdrawn');
    expect(third?.state).toBe('open');
  });

  it('a new wish after that is a new record, by Amazon or by a later claim', () => {
    const over = requestOf({
      state: 'withdrawn',
      closedAt: sampleNow - minute,
      lines: [askedLine({ ended: 'withdrawn' })],
    });
    expect(after(lamp(asked()), {}, over)).toMatchObject({ n: 2, state: 'open', version: 1 });
    const fresh = claimOf({ saidAt: sampleNow - 1000 });
    expect(after(lamp(none), { claims: [fresh] }, over)).toMatchObject({ n: 2, confirmedAt: null });
    for (const saidAt of [sampleNow - 2 * minute, null])
      expect(after(lamp(none), { claims: [claimOf({ saidAt })] }, over)).toEqual(over);
  });
});

describe('REQ-8: too late', () => {
  it.each([
    ['the order', { status: 'shipped' } as const, {}],
    ['all units of the line', {}, { quantityFulfilled: 1 }],
  ])('%s is shipped on Amazon', (_, order, line) => {
    const shipped = orderOf({ ...order, lines: [lampLine({ ...line, request: asked('By mistake') })] });
    const ended = { state: 'too_late', closedAt: sampleNow, lines: [{ ended: 'shipped' }] };
    expect(see(shipped).record).toMatchObject(ended);
    expect(after(shipped)).toMatchObject(ended);
    expect(after({ ...shipped, lines: [lampLine({ ...line })] })).toMatchObject(ended);
  });

  it('nothing is left to send in Shopify: too late while Amazon still has it open; open again where units come back', () => {
    const late = after(lamp(asked('By mistake')), { gone: new Set([lampId]) });
    expect(late).toMatchObject({ state: 'too_late', closedAt: null, version: 2 });
    expect(after(lamp(asked('By mistake')), { gone: new Set() }, late ?? undefined)?.state).toBe('open');
    expect(after(lamp(asked('By mistake')), { gone: null }, late ?? undefined)?.state).toBe('too_late');
  });

  it('what ended by shipping does not begin again while Amazon goes on showing it', () => {
    const over = requestOf({ state: 'too_late', closedAt: 1, lines: [askedLine({ ended: 'shipped' })] });
    expect(after(orderOf({ status: 'shipped', lines: [lampLine({ request: asked() })] }), {}, over)).toBe(
      over,
    );
  });
});

describe('cancelled on Amazon', () => {
  it.each([
    ['the order', { status: 'cancelled' } as const, {}],
    ['the line', {}, { cancelled: { by: 'BUYER', reason: null } }],
  ])('%s', (_, order, line) => {
    const record = after(orderOf({ ...order, lines: [lampLine(line)] }));
    expect(record).toMatchObject({
      state: 'cancelled',
      closedAt: sampleNow,
      lines: [{ ended: 'cancelled' }],
    });
  });

  it('one of two lines cancelled and the other shipped counts as cancelled', () => {
    const record = after(
      ofLines(lampLine({ quantityFulfilled: 1 }), vaseLine({ cancelled: { by: 'BUYER', reason: null } })),
      {},
      requestOf({ lines: [askedLine(), askedLine({ orderItemId: vaseId })] }),
    );
    expect(record).toMatchObject({ state: 'cancelled', closedAt: sampleNow });
  });
});

describe('the states of a request', () => {
  const two = (one: Parameters<typeof askedLine>[0], other: Parameters<typeof askedLine>[0]) =>
    requestOf({ lines: [askedLine(one), askedLine({ orderItemId: vaseId, ...other })] });

  it.each(['approved', 'declined'] as const)('%s by a person, it stays so until its lines end', (state) => {
    expect(after(lamp(asked('By mistake')), {}, requestOf({ state }))?.state).toBe(state);
    const shipped = orderOf({ status: 'shipped', lines: [lampLine()] });
    expect(after(shipped, {}, requestOf({ state }))?.state).toBe('too_late');
  });

  it('one line ended and the other open: open, and not closed', () => {
    const order = ofLines(lampLine({ quantityFulfilled: 1 }), vaseLine({ request: asked('By mistake') }));
    expect(after(order, {}, two({}, {}))).toMatchObject({ state: 'open', closedAt: null });
  });

  it('a line that Amazon does not give any more stays as it is', () => {
    const record = after(ofLines(vaseLine({ request: asked('By mistake') })), {}, two({}, {}));
    expect(record?.lines[0]).toEqual(askedLine());
  });

  it('the same reading again changes nothing (PRO-2)', () => {
    const first = see(lamp(asked('By mistake'))).record ?? requestOf();
    expect(after(lamp(asked('By mistake')), { readAt: readAt + minute }, first)).toEqual(first);
  });
});

describe('REQ-5: the buyer’s words', () => {
  it('are kept word for word, and their category with them', () => {
    const words = 'Ordered by mistake 😀 <b>=1+1';
    const record = see(lamp(asked(words))).record;
    expect(record).toMatchObject({ lines: [{ reason: words }], reasonCategory: 'mistake' });
  });

  it('stay where a later reading has none', () => {
    expect(after(lamp(asked()))?.lines[0]?.reason).toBe('By mistake');
  });

  it.each([
    [wordsHoldMs - 1, 'By mistake'],
    [wordsHoldMs, null],
  ])('after %i ms there is %s', (age, reason) => {
    const old = requestOf({ requestedAt: sampleNow - age });
    const record = after(lamp(asked('By mistake')), {}, old);
    expect(record?.lines[0]?.reason).toBe(reason);
    expect(record?.reasonCategory).toBe('mistake');
  });

  it('once erased they do not come back', () => {
    const erased = requestOf({ wordsErased: true, lines: [askedLine({ reason: null })] });
    expect(after(lamp(asked('By mistake')), {}, erased)?.lines[0]?.reason).toBeNull();
  });
});

describe('REQ-13: claims', () => {
  it('for lines of the order protect these, for unknown lines all of it', () => {
    const order = ofLines(lampLine(), vaseLine());
    const lines = (orderItemIds: string[]) =>
      see(order, { claims: [claimOf({ orderItemIds })] }).record?.lines.map((one) => one.orderItemId);
    expect(lines([vaseId])).toEqual([vaseId]);
    expect(lines(['1'])).toEqual([lampId, vaseId]);
    expect(lines([])).toEqual([lampId, vaseId]);
  });

  it('are not confirmed until Amazon’s order shows it', () => {
    const claimed = see(lamp(none), { claims: [claimOf()] }).record;
    expect(claimed).toMatchObject({ state: 'open', confirmedAt: null, lines: [{ confirmed: false }] });
    const confirmed = after(lamp(asked()), {}, claimed ?? undefined);
    expect(confirmed).toMatchObject({ confirmedAt: readAt, lines: [{ confirmed: true }] });
  });

  it('do not make a request of a line that Amazon cancelled', () => {
    const cancelled = orderOf({ status: 'cancelled' });
    expect(see(cancelled, { claims: [claimOf()] })).toMatchObject({ record: null, settled: ['c1'] });
  });
});
