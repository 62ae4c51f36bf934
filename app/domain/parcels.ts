import type { AmazonPackage } from './amazon-order.ts';
import { liveFulfillments } from './cancel-guard.ts';
import { answerTo } from './choice.ts';
import { commandsOfKind, type Command } from './command.ts';
import type { Case } from './dealing.ts';
import {
  allUnits,
  amazonUnits,
  count,
  sameUnits,
  unitsOf,
  unitsWithout,
  type LineUnits,
} from './line-units.ts';
import type { BookedFulfillment } from './order-books.ts';
import { partsOf, splitFrom } from './parcel-split.ts';

/** A fulfilment in Shopify, or the part of it that is one parcel (FUL-3), in Amazon's lines and plain numbers. */
export interface Sent {
  readonly fulfillment: BookedFulfillment;
  /** The digits of the fulfilment's id. */
  readonly of: string;
  /** Which of the fulfilment's parcels it is, from 0 on. */
  readonly index: number;
  /** The parcel's own: those digits, and where it is not the first one of several its index behind a point. */
  readonly number: string;
  readonly units: LineUnits;
  /** Tracking numbers without blanks around them, each once. */
  readonly numbers: readonly string[];
}

/** A parcel that Amazon was told of, or is being told. */
export interface ToldParcel {
  /** The digits of the fulfilment it was first told for. */
  readonly number: string;
  /** All that was sent of it, the last one last. */
  readonly turns: readonly [Command<'ship_amazon'>, ...Command<'ship_amazon'>[]];
  readonly last: Command<'ship_amazon'>;
  /** What stands for it in Shopify now; null: it was taken back there. */
  readonly sent: Sent | null;
  readonly onAmazon: AmazonPackage | null;
}

/** One of Amazon's own parcels, with what Shopify does not show of it yet. */
interface ForeignParcel {
  readonly parcel: AmazonPackage;
  readonly missing: LineUnits;
}

/** How the parcels of both sides belong together. */
export interface Parcels {
  readonly told: readonly ToldParcel[];
  /** Fulfilments that Amazon does not know of. */
  readonly fresh: readonly Sent[];
  readonly foreign: readonly ForeignParcel[];
  /** Units of all fulfilments that stand in Shopify. */
  readonly inShopify: LineUnits;
}

/** The digits of a fulfilment's id. */
function numberOf(fulfillment: string): string {
  return fulfillment.split('/').at(-1) ?? fulfillment;
}

const plain = (number: string | null): string => (number ?? '').replace(/[\s-]/g, '').toUpperCase();

/** Whether two tracking numbers are the same; none is like no other. */
export function sameNumber(a: string | null, b: string | null): boolean {
  return plain(a) !== '' && plain(a) === plain(b);
}

function sentOf({ order, books, situation }: Case, fulfillment: BookedFulfillment): Sent {
  const numbers = fulfillment.tracking.map(({ number }) => (number ?? '').trim()).filter((one) => one !== '');
  const number = numberOf(fulfillment.id);
  return {
    fulfillment,
    of: number,
    index: 0,
    number,
    units: books ? amazonUnits(order, books, fulfillment.lines, situation.link.adopted) : new Map(),
    numbers: [...new Set(numbers)],
  };
}

/** The parcels of a fulfilment: one, or as many as a person made of it before Amazon was told of it as one. */
function parcelsIn({ situation }: Case, sent: Sent, told: readonly Command<'ship_amazon'>[]): Sent[] {
  const answer = answerTo(situation.choices, 'several_numbers', sent.of);
  const { choice, value = null } = answer?.args ?? {};
  const whole = (told[0]?.sentAt ?? Infinity) < (answer?.at ?? 0);
  const split = choice === 'split' && value !== null && !whole ? splitFrom(value, sent.units) : null;
  if (!split) return [sent];
  return partsOf(split, sent.numbers).map(({ number, units }, index) => ({
    ...sent,
    index,
    number: index === 0 ? sent.of : `${sent.of}.${String(index)}`,
    units,
    numbers: [number],
  }));
}

/** The turns of each parcel that was ever told, by the digits of its first fulfilment. */
function turnsOf({ situation }: Case): Map<string, Command<'ship_amazon'>[]> {
  const part = (key: string, at: number) => key.split(':').at(at) ?? '';
  const sorted = commandsOfKind(situation.commands, 'ship_amazon').sort(
    (a, b) => Number(part(a.key, -1)) - Number(part(b.key, -1)),
  );
  return Map.groupBy(sorted, ({ key }) => part(key, -2));
}

const tellable = new Set(['sending', 'unsure', 'accepted', 'confirmed']);

/** A fulfilment that took the place of one that was taken back: the same units, made later, and told nothing of yet. */
function replacementFor(last: Command<'ship_amazon'>, free: readonly Sent[]): Sent | null {
  if (!tellable.has(last.state)) return null;
  const same = free.filter(
    ({ units, fulfillment }) =>
      sameUnits(units, unitsOf(last.args.items)) && fulfillment.at >= last.args.shippedAt,
  );
  return (
    same.find(({ numbers }) => numbers.some((one) => sameNumber(one, last.args.tracking))) ?? same[0] ?? null
  );
}

/** So much may Shopify's clock differ from ours. */
const clocksMs = 2 * 60_000;

/** Whether our own write made a fulfilment: its answer says so, or, where that was lost, its contents. */
function isMadeBy(command: Command<'fulfil_shopify'>, { fulfillment, numbers }: Sent): boolean {
  if (command.job !== null) return command.job === fulfillment.id;
  if (!tellable.has(command.state)) return false;
  const { work, tracking } = command.args;
  const units = work.flatMap(({ parts }) => parts).reduce((sum, { quantity }) => sum + quantity, 0);
  const lines = fulfillment.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const number = tracking === null ? numbers.length === 0 : numbers.some((one) => sameNumber(one, tracking));
  return units === lines && number && fulfillment.at >= (command.sentAt ?? Infinity) - clocksMs;
}

/** The fulfilments that show one of Amazon's own parcels: ours, those with its number, else one of the same units. */
function showing(parcel: AmazonPackage, free: readonly Sent[], made: ReadonlyMap<Sent, string>): Sent[] {
  const sure = free.filter(
    (one) =>
      made.get(one) === parcel.reference ||
      (!made.has(one) && one.numbers.some((number) => sameNumber(number, parcel.trackingNumber))),
  );
  if (sure.length > 0) return sure;
  // Without a number on one of the sides nothing tells them apart: they count as the same goods.
  const alike = free.find(
    (one) =>
      !made.has(one) &&
      (one.numbers.length === 0 || plain(parcel.trackingNumber) === '') &&
      sameUnits(one.units, unitsOf(parcel.items)),
  );
  return alike ? [alike] : [];
}

/** Brings together what Shopify fulfilled, what was sent to Amazon, and the parcels that Amazon shows. */
export function parcelsOf(one: Case): Parcels {
  const { order, situation } = one;
  const turns = turnsOf(one);
  const live = liveFulfillments(one)
    .map((fulfillment) => sentOf(one, fulfillment))
    .flatMap((sent) => parcelsIn(one, sent, turns.get(sent.of) ?? []));
  let free = live.filter(({ number }) => !turns.has(number));
  const own = new Set(commandsOfKind(situation.commands, 'ship_amazon').map(({ args }) => args.reference));
  const told = [...turns].flatMap(([number, [first, ...rest]]): ToldParcel[] => {
    if (!first) return [];
    const last = rest.at(-1) ?? first;
    const sent = live.find((each) => each.number === number) ?? replacementFor(last, free);
    free = free.filter((each) => each !== sent);
    const onAmazon = order.packages.find(({ reference }) => reference === last.args.reference) ?? null;
    return [{ number, turns: [first, ...rest], last, sent, onAmazon }];
  });
  const entered = commandsOfKind(situation.commands, 'fulfil_shopify');
  const made = new Map(
    free.flatMap((each) => {
      const by = entered.find((command) => isMadeBy(command, each));
      return by ? [[each, by.args.reference] as const] : [];
    }),
  );
  const foreign = order.packages
    .filter(({ reference }) => !own.has(reference))
    .map((parcel): ForeignParcel => {
      const shown = showing(parcel, free, made);
      free = free.filter((each) => !shown.includes(each));
      const units = allUnits(shown.map((each) => each.units));
      return { parcel, missing: unitsWithout(unitsOf(parcel.items), units) };
    })
    .filter(({ missing }) => count(missing) > 0);
  return {
    told,
    fresh: free.filter((each) => !made.has(each)),
    foreign,
    inShopify: allUnits(live.map(({ units }) => units)),
  };
}
