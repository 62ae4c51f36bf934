import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amazonOrderId, shopDomain } from '../../app/domain/ids.ts';
import { followClock } from '../../app/lib/clock.ts';
import { readEnv } from '../../app/lib/env.ts';
import { chooseCancel } from '../../app/sync/choose-cancel.ts';
import { chooseDecline } from '../../app/sync/choose-decline.ts';
import { openServices, type Services } from '../../app/sync/services.ts';
import {
  asks,
  cancelledInAdmin,
  cancelledThere,
  fulfilled,
  sentAllTheSame,
  shippedThere,
  type Deed,
} from '../end-states/deeds.ts';
import { endStatesOf, type EndState } from '../end-states/end-state.ts';
import { handsFor, type Hands } from '../end-states/hands.ts';
import { looksAgain, patienceMs } from '../end-states/play.ts';
import { runningWorld } from '../running-world.ts';

// Cancel against shipment: one first, the other first, and both at once, with pauses of different lengths between them.
// RACES=100 plays each a hundred times, RACES_TABLE=file counts how they ended. All races of a round go side by side in one world.

const world = runningWorld({ web: true, workers: 2, keeps: true });
const times = Number(process.env['RACES'] ?? 1);
const inARound = 5;
const one = { A: { units: 1, item: '25.00' } };
/** Pauses between the two, ms: the app has not heard of the first yet, is at it, or has written to the other side. */
const pauses = [0, 20, 80, 250, 700];

let services: Services;
let unfollow: () => void;
const shop = () => shopDomain(world.sandbox.shop);
/** The buyer's own reason where they asked: Amazon takes no other then. */
const approve = (by: string, reason: 'NoInventory' | null): Deed => ({
  says: 'approve',
  run: ({ id }) =>
    chooseCancel(services, shop(), amazonOrderId(id), {
      amount: 'full',
      reason,
      restock: null,
      free: false,
      by,
    }),
});
const decline: Deed = {
  says: 'decline',
  run: ({ id }) => chooseDecline(services, shop(), amazonOrderId(id), { by: 'second tab', preview: false }),
};

/** Two things that exclude each other, or are the same twice. */
interface Race {
  readonly name: string;
  readonly before?: Deed;
  readonly deeds: readonly [Deed, Deed];
}

const races: readonly Race[] = [
  {
    name: 'CAN-5: approval against shipment in Seller Central',
    deeds: [approve('staff', 'NoInventory'), shippedThere()],
  },
  {
    name: 'CAN-18 FUL-6: approval against sending from Shopify',
    deeds: [approve('staff', 'NoInventory'), sentAllTheSame],
  },
  {
    name: 'CAN-11: cancel in admin against shipment in Seller Central',
    deeds: [cancelledInAdmin('INVENTORY', 'all'), shippedThere()],
  },
  {
    name: 'CAN-9: cancel on Amazon against sending from Shopify',
    deeds: [cancelledThere('BUYER'), fulfilled()],
  },
  {
    name: 'CAN-14: cancel in admin against the buyer’s cancel on Amazon',
    deeds: [cancelledInAdmin('INVENTORY', 'all'), cancelledThere('BUYER')],
  },
  {
    name: 'CAN-7: approved in two tabs',
    before: asks(),
    deeds: [approve('one tab', null), approve('second tab', null)],
  },
  {
    name: 'CAN-17: approved in one tab, declined in another',
    before: asks(),
    deeds: [approve('one tab', null), decline],
  },
];
/** What happens while Amazon has our cancel: before it worked on the batch, and after. */
const flights: readonly Race[] = [shippedThere(), sentAllTheSame, cancelledThere('BUYER')].map((deed) => ({
  name: `CAN-13 CAN-18: ${deed.says} while the cancel is under way`,
  before: approve('staff', 'NoInventory'),
  deeds: [deed, deed],
}));
const ways = ['the first first', 'the second first', 'at once'] as const;

interface Run {
  readonly race: Race;
  readonly way: (typeof ways)[number];
  readonly pause: number;
  readonly hands: Hands;
  readonly end: EndState;
}

const answered = z.object({ guard: z.string() }).or(z.object({ outcome: z.string() }));

/** What it answered: an outcome, a guard, or an error; what the other side or the hold refuses is a fair end of a race. */
async function tried(deed: Deed, hands: Hands): Promise<string> {
  try {
    const answer = answered.safeParse(await deed.run(hands)).data;
    return answer ? Object.values(answer).join() : 'done';
  } catch (error) {
    return `refused: ${String(error).slice(0, 200)}`;
  }
}

async function race(
  { deeds: [first, second] }: Race,
  way: Run['way'],
  pause: number,
  hands: Hands,
): Promise<readonly string[]> {
  const [a, b] = way === 'the second first' ? [second, first] : [first, second];
  if (way === 'at once') return Promise.all([tried(a, hands), tried(b, hands)]);
  const before = await tried(a, hands);
  await setTimeout(pause);
  return [before, await tried(b, hands)];
}

const runs: Run[] = [];
/** What each deed of a race answered, by the order. */
const answers = new Map<string, readonly string[]>();

/** How often each race ended how. */
function asMarkdown(): string {
  const bare = (text: string) => text.replaceAll(/1Z\w+/g, 'number');
  const ends = Map.groupBy(runs, ({ race: { name }, way, end: { amazon, shopify, app } }) =>
    [name, way, bare(amazon), bare(shopify), app].join(' | '),
  );
  const lines = [...ends].map(([end, all]) => `| ${String(all.length)} | ${end} |\n`);
  return [
    '| Times | Race | Way | Amazon | Shopify | The app |\n| --- | --- | --- | --- | --- | --- |\n',
    ...lines,
  ].join('');
}

let writtenAgain: readonly string[] = [];

/** One round of all races, `n` times each way, numbers of orders from `from` on. */
async function round(n: number, from: number): Promise<void> {
  const planned = races.flatMap((one) =>
    ways.flatMap((way) =>
      Array.from({ length: n }, (_, i) => ({ race: one, way, pause: pauses[i % pauses.length] ?? 0 })),
    ),
  );
  const flying = flights.flatMap((each) =>
    ways.slice(0, 2).flatMap((way) => Array.from({ length: n }, () => ({ race: each, way, pause: 0 }))),
  );
  const all = [...planned, ...flying].map((each, i) => ({ ...each, hands: handsFor(world, from + i, one) }));
  const [racing, inFlight] = [all.slice(0, planned.length), all.slice(planned.length)];
  for (const { hands } of all) await hands.place();
  await world.settle(false, patienceMs);
  for (const { race: each, hands } of racing) await each.before?.run(hands);
  await world.settle(false, patienceMs);
  // Nothing else is due then: time stands still before Amazon works on their batch.
  for (const { race: each, hands } of inFlight) await each.before?.run(hands);
  await world.settle(false, patienceMs);
  const fly = (way: Run['way']) =>
    Promise.all(
      inFlight.flatMap(({ race: each, hands, way: own }) =>
        own === way ? [tried(each.deeds[0], hands)] : [],
      ),
    );
  await fly('the first first');
  // A few at a time, so that a pause is not a queue.
  for (let i = 0; i < racing.length; i += 8)
    await Promise.all(
      racing.slice(i, i + 8).map(async ({ race: each, way, pause, hands }) => {
        answers.set(hands.id, await race(each, way, pause, hands));
      }),
    );
  await world.settle(true, patienceMs);
  await fly('the second first');
  await world.settle(true, patienceMs);
  const ends = await endStatesOf(
    world,
    all.map(({ hands }) => hands),
  );
  runs.push(...all.flatMap((each, i) => (ends[i] ? [{ ...each, end: ends[i] }] : [])));
  // Those of earlier rounds were looked at again in theirs.
  const ids = all.map(({ hands }) => hands.id);
  writtenAgain = [...writtenAgain, ...(await looksAgain(world, ids))];
}

beforeAll(
  async () => {
    unfollow = await followClock(world.sandbox.control, 'races');
    services = openServices(readEnv({ ...process.env, ...world.sandbox.env, LOG_LEVEL: 'silent' }), 'races');
    await world.database.owner(`update shop set settings = settings || '{"undoMinutes": 0}'`);
    const file = process.env['RACES_TABLE'];
    for (let done = 0; done < times; done += inARound) {
      await round(Math.min(inARound, times - done), 1 + done * (races.length + flights.length) * ways.length);
      if (file !== undefined) await writeFile(file, asMarkdown());
    }
  },
  300_000 + times * 120_000,
);
afterAll(async () => {
  await services.close();
  unfollow();
});

const is = (text: string, part: string) =>
  text.split('; ').some((said) => said === part || said.startsWith(`${part} ×`));
const count = (text: string, start: string) =>
  text.split('; ').filter((said) => said.startsWith(start)).length;
const problems = ({ app }: EndState) => app.split('; ').filter((said) => said.startsWith('problem '));

/** What must never be, whoever was first; null: all is as it should be. */
function wrong({ amazon, shopify, app }: EndState): string | null {
  const gone =
    is(amazon, 'A 1 shipped') || shopify.includes('; FULFILLED') || shopify.startsWith('FULFILLED');
  const cancelled = is(amazon, 'A 1 cancelled') || shopify.startsWith('cancelled');
  const told = problems({ amazon, shopify, app }).length > 0;
  if (gone && cancelled && !told) return 'shipped and cancelled, and nobody is told';
  if (amazon.startsWith('CANCELLED') !== shopify.startsWith('cancelled') && !told)
    return 'the sides differ, and nobody is told';
  if (amazon.startsWith('SHIPPED') !== shopify.includes('FULFILLED; parcel') && !told)
    return 'the sides differ, and nobody is told';
  if (amazon.includes('refund') || count(shopify, 'refund') > (cancelled ? 1 : 0))
    return 'refunded twice, or for nothing';
  if (/heard (cancel|confirmShipment) ×/.test(amazon)) return 'told twice';
  if (/cancel_shopify ×|fulfil_shopify ×|parcel \S+ ×/.test(`${app}; ${shopify}`)) return 'written twice';
  return null;
}

describe.each([...races, ...flights])('$name', ({ name }) => {
  it.each(flights.some((one) => one.name === name) ? ways.slice(0, 2) : ways)(`${name}: %s`, (way) => {
    const own = runs.filter((run) => run.race.name === name && run.way === way);
    expect(own).toHaveLength(times);
    expect(
      own.flatMap(({ end, pause, hands }) =>
        wrong(end) === null ? [] : [{ why: wrong(end), pause, id: hands.id, end }],
      ),
    ).toEqual([]);
  });
});

it('CAN-7 CAN-17: two tabs never make two cancels, and what a person was told is what becomes of it', () => {
  const tabs = runs.filter(({ race: { name } }) => name.startsWith('CAN-7') || name.startsWith('CAN-17'));
  for (const { race: each, way, hands, end } of tabs) {
    const said = answers.get(hands.id) ?? [];
    const approval = each.name.startsWith('CAN-7')
      ? said.includes('chosen')
      : said[way === 'the second first' ? 1 : 0] === 'chosen';
    const state = end.app.split('; ')[0];
    // A tab whose look at the order failed was told so, and nothing was decided in it.
    const expected = approval
      ? 'cancelled_in_step'
      : said.includes('chosen')
        ? 'declined_waiting_ship'
        : 'asked_held';
    expect([hands.id, said, state]).toEqual([hands.id, said, expected]);
  }
  expect(tabs.filter(({ end }) => end.amazon.startsWith('CANCELLED')).length).toBeGreaterThan(
    tabs.length / 2,
  );
});

it('CAN-13 CAN-18: what Amazon has decided on stands, whoever ships or cancels meanwhile', () => {
  const own = (way: Run['way']) =>
    runs.filter((run) => run.race.name.startsWith('CAN-13') && run.way === way);
  for (const { end } of own('the second first'))
    expect(end.amazon).toBe('CANCELLED; A 1 cancelled; heard cancel');
  for (const { end, race: each } of own('the first first'))
    expect(end.amazon).toMatch(each === flights[0] ? /^SHIPPED.*heard cancel \(refused\)/ : /^CANCELLED/);
});

it('PRO-1 PRO-2: after a race nothing is written when all is looked at again', () => {
  expect(writtenAgain).toEqual([]);
});
