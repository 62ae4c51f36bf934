import { describe, expect, it } from 'vitest';
import { foundOrder, orderId, orderOf } from '../../test/samples/orders.ts';
import { askedLine, handlingOf, requestOf, sentCommand } from '../../test/samples/requests.ts';
import { amazonShows, sampleNow, situationOf, toOwn } from '../../test/samples/situations.ts';
import type { Command } from './command.ts';
import { decideRequest } from './decide-request.ts';
import { needsHandling } from './needs-handling.ts';
import { markKey } from './request-keys.ts';
import { markOf, type RequestMark } from './request-mark.ts';
import type { CancelRequest } from './request.ts';

const minute = 60_000;
/** Nothing that was sent at `sampleNow` can come about any more. */
const end = sampleNow + 10 * minute;

const open = requestOf();
const withdrawn = requestOf({
  state: 'withdrawn',
  version: 2,
  closedAt: sampleNow + 3 * minute,
  lines: [askedLine({ ended: 'withdrawn' })],
});
const mark = (n: number, version: number, changes: Parameters<typeof sentCommand>[3] = {}) =>
  sentCommand('mark_order', markKey(orderId, n, version), { n, version }, changes);

/** Sent twice at `sampleNow`: the first try may still come about. */
const twice = mark(1, 1, { attempt: 2, sentAt: sampleNow, endedAt: sampleNow });
const cleared = mark(1, 2, { state: 'confirmed', sentAt: withdrawn.closedAt, endedAt: withdrawn.closedAt });
const commands = [twice, cleared];

const look = (
  now: number,
  shown: RequestMark,
  { requests = [withdrawn], marks = commands }: { requests?: CancelRequest[]; marks?: Command[] } = {},
) => {
  const handling = { ...handlingOf(), mark: shown.value, tagged: shown.tagged };
  const asked = requests.at(-1)?.state === 'open';
  const lines = orderOf().lines.map((line) => ({
    ...line,
    request: asked ? ({ state: 'asked', reason: 'By mistake' } as const) : ({ state: 'none' } as const),
  }));
  const order = orderOf({ lines });
  const situation = situationOf({
    link: toOwn,
    amazon: amazonShows({ lines }),
    shopify: {
      ...{ kind: 'read', startedAt: now, linked: foundOrder(), found: [], unclear: [] },
      ...{ handling, books: null, cancelJob: null },
    },
    requests,
    commands: marks,
    now,
  });
  const { send, events, request, dueAgain } = decideRequest(situation, order, now);
  const due = dueAgain.find(({ reason }) => reason === 'looking') ?? null;
  return { marks: send.filter(({ kind }) => kind === 'mark_order'), events, version: request?.version, due };
};
const looked = (marks: readonly Command[]) => needsHandling(orderOf(), [withdrawn], [], marks);

describe('REQ-3, REQ-7: a mark of an earlier version that may come late', () => {
  it('is looked for until it can come no more, and is over then', () => {
    expect(looked(commands)).toBe(true);
    expect(look(sampleNow + 4 * minute, markOf(withdrawn))).toMatchObject({
      marks: [],
      events: [],
      due: { at: end, side: 'shopify' },
    });
    expect(look(end, markOf(withdrawn))).toEqual({
      marks: [],
      events: [{ key: twice.key, event: 'seen' }],
      version: 2,
      due: null,
    });
    expect(looked([{ ...twice, state: 'confirmed' }, cleared])).toBe(false);
  });

  it.each(['sending', 'unsure'] as const)('also where it is %s, and nobody ever knew of it', (state) => {
    const marks = [mark(1, 1, { state, sentAt: sampleNow }), cleared];
    expect(looked(marks)).toBe(true);
    expect(look(end - 1, markOf(withdrawn), { marks })).toMatchObject({ events: [], due: { at: end } });
    expect(look(end, markOf(withdrawn), { marks }).events).toEqual([{ key: twice.key, event: 'recalled' }]);
  });

  it('and came, is written over once when none can come any more', () => {
    expect(look(end - 1, markOf(open))).toMatchObject({ marks: [], version: 2, due: { at: end } });
    expect(look(end, markOf(open))).toMatchObject({
      marks: [{ key: markKey(orderId, 1, 3), from: null }],
      events: [{ key: twice.key, event: 'seen' }],
      version: 3,
      due: null,
    });
  });

  it('and took the tag of the next wish away, which gets it back', () => {
    const at = sampleNow + 5 * minute;
    const sources = [{ source: 'order', at }] as const;
    const next = requestOf({ n: 2, confirmedAt: at, requestedAt: at, sources });
    const shown = mark(2, 1, { state: 'confirmed', endedAt: at });
    const marks = [mark(1, 1), { ...cleared, state: 'confirmed', attempt: 2 } as Command, shown];
    const lost = marks.map((one) => (one.key === cleared.key ? { ...one, state: 'unsure' as const } : one));
    const requests = [withdrawn, next];
    const until = (cleared.sentAt ?? 0) + 10 * minute;
    expect(look(until, markOf(withdrawn), { requests, marks: lost })).toMatchObject({
      marks: [{ key: markKey(orderId, 2, 2) }],
      version: 2,
    });
    // It was looked at before: what is there now was not ours.
    expect(look(until, markOf(withdrawn), { requests, marks })).toMatchObject({ marks: [], version: 1 });
  });

  it('REQ-4: what a person did to the tag stays, and so does what differs after it was written anew', () => {
    expect(look(end, { ...markOf(withdrawn), tagged: true })).toMatchObject({ marks: [], version: 2 });
    const anew = [twice, { ...cleared, endedAt: end }];
    expect(look(end, markOf(open), { marks: anew })).toMatchObject({ marks: [], version: 2 });
  });

  it('is no longer expected where it was sent once and answered, or was refused', () => {
    for (const changes of [{}, { state: 'confirmed' }, { state: 'refused' }, { state: 'withdrawn' }] as const)
      expect(looked([mark(1, 1, changes), cleared])).toBe(false);
  });

  it('one of this version that was sent twice is confirmed only then', () => {
    const shown = look(sampleNow + minute, markOf(open), { requests: [open], marks: [twice] });
    expect(shown).toMatchObject({ marks: [], events: [], due: { at: end } });
    expect(look(end, markOf(open), { requests: [open], marks: [twice] }).events).toEqual([
      { key: twice.key, event: 'seen' },
    ]);
  });
});
