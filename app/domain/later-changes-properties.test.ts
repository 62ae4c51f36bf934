import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foundOrder } from '../../test/samples/orders.ts';
import {
  amazonShowsAnyTime,
  createCommand,
  shopifyShows,
  situationOf,
  toOwn,
} from '../../test/samples/situations.ts';
import { carriedParts, type CarriedPart, type Prints } from './carried.ts';
import { createEffectMs, type Command, type CommandState, type CommandToSend } from './command.ts';
import { nextState } from './command-state.ts';
import { decide } from './decide.ts';

/** What becomes of a write: done, done and its answer lost, done so much later (ms), lost, not sent, refused, or its worker dies. */
type Fate = 'done' | 'answer_lost' | 'lost' | 'not_sent' | 'refused' | 'dies' | number;
type Step =
  | { readonly show: CarriedPart; readonly value: string | null }
  | { readonly pass: number }
  | { readonly status: string }
  | { readonly look: Fate };

const fate: fc.Arbitrary<Fate> = fc.oneof(
  fc.constantFrom<Fate>('done', 'done', 'answer_lost', 'lost', 'not_sent', 'refused', 'dies'),
  fc.integer({ min: 1, max: createEffectMs }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ show: fc.constantFrom(...carriedParts), value: fc.constantFrom('1', '2', '3', null) }),
  fc.record({ pass: fc.constantFrom(1_000, 60_000, createEffectMs) }),
  fc.record({ status: fc.constantFrom('UNFULFILLED', 'ON_HOLD', 'FULFILLED') }),
  fc.record({ look: fate }),
  fc.record({ look: fate }),
);

/** What a write carries: the parts it names, and the attributes, which hold the dates and the delivery instructions, always. */
interface Write {
  readonly address: string | null;
  readonly dates: string;
  readonly instructions: string;
}

/** Both sides of one order, and the rows between them. */
class World {
  now = Date.UTC(2026, 10, 21);
  amazon: Prints = { address: '1', dates: '1', quantities: 'q' };
  shopify = { address: '1', dates: '1', instructions: '1' };
  status = 'UNFULFILLED';
  writes = 0;
  #late: { readonly at: number; readonly write: Write }[] = [];
  readonly #rows = new Map<string, Command>([
    ['create', createCommand({ state: 'confirmed', args: { without: [], carried: this.amazon } })],
  ]);

  pass(ms: number): void {
    this.now += ms;
    for (const { write } of this.#late.filter(({ at }) => at <= this.now)) this.#land(write);
    this.#late = this.#late.filter(({ at }) => at > this.now);
  }

  /** As `updateOrder` makes it: what Amazon did not give stays as it is read then. */
  #write({ parts, carried }: CommandToSend<'update_order'>['args']): Write {
    const { dates, instructions } = this.shopify;
    return {
      address: parts.includes('address') ? (carried.address ?? 'erased') : null,
      dates: carried.dates ?? dates,
      instructions: carried.address ?? instructions,
    };
  }

  #land({ address, ...attributes }: Write): void {
    this.writes += 1;
    this.shopify = { address: address ?? this.shopify.address, ...attributes };
  }

  #move(key: string, to: CommandState): void {
    const row = this.#rows.get(key);
    if (row) this.#rows.set(key, { ...row, state: to });
  }

  #send(sent: CommandToSend<'update_order'>, what: Fate): void {
    const before = this.#rows.get(sent.key);
    expect(sent.from).toBe(before?.state ?? null);
    if (before) nextState(before.state, 'claimed');
    const attempt = (before?.attempt ?? 0) + 1;
    const { key, kind, args } = sent;
    const row: Command<'update_order'> = {
      ...{ id: key, key, kind, args, attempt, state: 'sending', sentAt: this.now },
      endedAt: null,
      notBefore: null,
      provedAt: null,
      job: null,
      refusal: what === 'refused' ? { field: 'id', text: 'No.' } : null,
    };
    this.#rows.set(key, row);
    const write = this.#write(args);
    if (what === 'done' || what === 'answer_lost') this.#land(write);
    if (typeof what === 'number') this.#late.push({ at: this.now + what, write });
    const events = { done: 'answered_yes', refused: 'answered_no', not_sent: 'not_done' } as const;
    if (what === 'dies') return;
    const event =
      typeof what === 'number' || what === 'answer_lost' || what === 'lost' ? 'answer_lost' : events[what];
    this.#move(key, nextState('sending', event));
  }

  look(what: Fate, wantedAt: number | null = null) {
    const decision = decide(
      situationOf({
        link: toOwn,
        amazon: amazonShowsAnyTime(),
        shopify: shopifyShows(foundOrder({ fulfillmentStatus: this.status }), null),
        commands: [...this.#rows.values()],
        prints: this.amazon,
        wantedAt,
        now: this.now,
      }),
    );
    for (const { key, event } of decision.events) {
      const row = [...this.#rows.values()].find((one) => one.key === key);
      if (!row) throw new Error('News of no row.');
      if (row.kind === 'update_order') this.#move(key, nextState(row.state, event));
    }
    for (const sent of decision.send) if (sent.kind === 'update_order') this.#send(sent, what);
    return decision;
  }
}

/** The first try of an address arrives when a later update, of something else, is the last one. */
const firstTryComesLast: Step[] = [
  { show: 'address', value: '3' },
  { look: 1 },
  { look: 'done' },
  { show: 'dates', value: '2' },
  { look: 1 },
  { show: 'address', value: '1' },
];

/** The first try of an address arrives after new dates, with the attributes as they were. */
const firstTryBringsOldDates: Step[] = [
  { show: 'address', value: '2' },
  { look: 8 * 60_000 },
  { look: 'done' },
  { pass: 180_000 },
  { show: 'dates', value: '2' },
  { look: 'done' },
  { pass: createEffectMs },
];

/** The first try of new dates arrives after a new address, with the delivery instructions as they were. */
const firstTryBringsOldInstructions: Step[] = [
  { show: 'dates', value: '2' },
  { look: 8 * 60_000 },
  { look: 'done' },
  { pass: 180_000 },
  { show: 'address', value: '2' },
  { look: 'done' },
  { pass: createEffectMs },
];

/** Dates change while Amazon does not give the address: its instructions stay. */
const addressNotGiven: Step[] = [
  { show: 'address', value: null },
  { show: 'dates', value: '2' },
  { look: 'done' },
  { show: 'address', value: '1' },
];

const examples = [firstTryComesLast, firstTryBringsOldDates, firstTryBringsOldInstructions, addressNotGiven];

it('IMP-12 PRO-2 PRO-3: whatever is lost, late, refused or cut, in the end Shopify has what Amazon shows, and nothing more is written', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const world = new World();
      for (const one of steps) {
        if ('show' in one) world.amazon = { ...world.amazon, [one.show]: one.value };
        else if ('pass' in one) world.pass(one.pass);
        else if ('status' in one) world.status = one.status;
        else world.look(one.look);
      }
      world.status = 'UNFULFILLED';
      for (const part of carriedParts)
        if (world.amazon[part] === null) world.amazon = { ...world.amazon, [part]: '2' };
      // A person asks once more, so that what was refused is tried again.
      for (let i = 0; i < 3; i += 1) {
        const { dueAgain } = world.look('done', world.now + 1);
        world.pass(Math.max(0, (dueAgain?.at ?? world.now) - world.now) + 1);
      }
      world.pass(createEffectMs);
      const { address, dates } = world.amazon;
      expect(world.shopify).toEqual({ address, dates, instructions: address });
      const { writes } = world;
      expect(world.look('done')).toMatchObject({ send: [], dueAgain: null });
      expect(world.writes).toBe(writes);
    }),
    { numRuns: 3000, examples: examples.map((steps): [Step[]] => [steps]) },
  );
});
