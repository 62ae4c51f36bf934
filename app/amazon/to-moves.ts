import { z } from 'zod';
import type { AmazonMove, AmazonPosting, MoveKind } from '../domain/amazon-move.ts';
import { components, sumOfComponents, type Component, type Components } from '../domain/components.ts';
import { amazonOrderId } from '../domain/ids.ts';
import { parseMoney } from '../domain/money.ts';
import { keptAs, moneyKind } from './money-names.ts';
import { readId } from './reading.ts';

const text = z.string().nullish();
const list = <T extends z.ZodType>(element: T) => z.array(element.nullable()).nullish();
const money = z
  .object({ currencyAmount: z.union([z.number(), z.string()]), currencyCode: z.string() })
  .nullish();
const breakdownShape = z.object({
  breakdownType: text,
  breakdownAmount: money,
  get breakdowns() {
    return list(breakdownShape);
  },
});
const itemShape = z.object({
  breakdowns: list(breakdownShape),
  contexts: list(z.object({ sku: text })),
});
const shape = z.object({
  transactionId: z.unknown(),
  transactionType: text,
  postedDate: text,
  totalAmount: money,
  relatedIdentifiers: list(z.object({ relatedIdentifierName: text, relatedIdentifierValue: z.unknown() })),
  items: list(itemShape),
  breakdowns: list(breakdownShape),
});
type Transaction = z.infer<typeof shape>;
type Breakdown = z.infer<typeof breakdownShape>;

/** An amount cannot be read: its transaction is left out as a whole. */
class Unreadable extends Error {}

/** Reads amounts of one transaction, all in its one currency. */
class Purse {
  currency: string | null = null;

  minor(value: z.infer<typeof money>): number {
    if (!value) return 0;
    const currency = value.currencyCode.trim().toUpperCase();
    if (!/^[A-Z]{3}$/.test(currency) || currency !== (this.currency ?? currency)) throw new Unreadable();
    this.currency = currency;
    const { currencyAmount: amount } = value;
    const parsed = parseMoney(typeof amount === 'number' ? plainDigits(amount) : amount, currency);
    if (!parsed) throw new Unreadable();
    return parsed.money.amount;
  }
}

/** A number as decimal text; tiny and huge ones would be written with an exponent. */
function plainDigits(amount: number): string {
  const written = String(amount);
  return written.includes('e') ? amount.toFixed(6) : written;
}

/** What went to the buyer: by component, and beyond them (goodwill; less what was kept back for restocking). */
interface Sums {
  readonly parts: Partial<Record<Component, number>>;
  beyond: number;
  /** What Amazon kept as fees, and as tax for the state, below zero. */
  fees: number;
  withheld: number;
}

function book(sums: Sums, path: readonly string[], minor: number): void {
  const kind = moneyKind(path);
  if (minor === 0) return;
  if (kind === 'not_the_buyers') {
    const kept = keptAs(path);
    if (kept !== 'reserve') sums[kept] += minor;
    return;
  }
  if (kind === 'beyond') sums.beyond -= minor;
  else sums.parts[kind] = (sums.parts[kind] ?? 0) - minor;
}

/** Books a tree of amounts by its leaves; what they do not explain of a group is the group's own. Answers its total. */
function bookTree(sums: Sums, purse: Purse, node: Breakdown, above: readonly string[]): number {
  const path = [...above, node.breakdownType ?? ''];
  const parts = (node.breakdowns ?? []).filter((one) => one !== null);
  const explained = parts.reduce((sum, part) => sum + bookTree(sums, purse, part, path), 0);
  const total = node.breakdownAmount ? purse.minor(node.breakdownAmount) : explained;
  book(sums, path, total - explained);
  return total;
}

function sumsOf(purse: Purse, breakdowns: Transaction['breakdowns']): Sums {
  const sums: Sums = { parts: {}, beyond: 0, fees: 0, withheld: 0 };
  for (const one of breakdowns ?? []) if (one) bookTree(sums, purse, one, []);
  return sums;
}

function withoutZeros(parts: Sums['parts']): Components {
  const named = components.flatMap((name) => (parts[name] ? [[name, parts[name]] as const] : []));
  return Object.fromEntries(named);
}

type Item = AmazonMove['items'][number];

interface Moved {
  readonly items: Item[];
  readonly known: number;
  readonly amount: number;
  readonly fees: number;
  readonly withheld: number;
}

/** What went back, by line and in all. Lines without amounts say nothing: then the transaction's own amounts count. */
function moved(purse: Purse, raw: Transaction): Moved {
  const lines = (raw.items ?? []).flatMap((item) =>
    item?.breakdowns?.length ? [{ item, sums: sumsOf(purse, item.breakdowns) }] : [],
  );
  const all = lines.length > 0 ? lines.map(({ sums }) => sums) : [sumsOf(purse, raw.breakdowns)];
  const known = all.reduce((sum, { parts }) => sum + sumOfComponents(parts), 0);
  const beyond = all.reduce((sum, one) => sum + one.beyond, 0);
  const detailed = lines.length > 0 || (raw.breakdowns ?? []).length > 0;
  const items = lines.flatMap(({ item, sums }): Item[] => {
    const parts = withoutZeros(sums.parts);
    const sku = (item.contexts ?? []).find((one) => one?.sku)?.sku ?? null;
    return Object.keys(parts).length === 0 ? [] : [{ sku, components: parts }];
  });
  const fees = all.reduce((sum, one) => sum + one.fees, 0);
  const withheld = all.reduce((sum, one) => sum + one.withheld, 0);
  const amount = detailed ? known + beyond : -purse.minor(raw.totalAmount);
  return { items, known, amount, fees, withheld };
}

function kindOf(type: string): MoveKind {
  const name = type.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (name.includes('chargeback')) return 'chargeback';
  if (/guarantee|atoz|a2z/.test(name)) return 'claim';
  return name.includes('refund') ? 'refund' : 'other';
}

function related(raw: Transaction, name: string): string | null {
  const found = (raw.relatedIdentifiers ?? []).find((one) => one?.relatedIdentifierName === name);
  return readId(found?.relatedIdentifierValue);
}

/** What a transaction says of an order's money: what went back to its buyer, and what Amazon kept. */
interface Read {
  readonly move: AmazonMove | null;
  readonly posting: AmazonPosting | null;
}

const nothing: Read = { move: null, posting: null };

function readOne(raw: Transaction): Read {
  const order = related(raw, 'ORDER_ID');
  if (order === null) return nothing;
  const kind = kindOf(raw.transactionType ?? '');
  const purse = new Purse();
  const { items, known, amount, fees, withheld } = moved(purse, raw);
  // Of unknown transactions only those count that plainly give back what an order had brought.
  const isMove = amount > 0 && (kind !== 'other' || known > 0);
  const keeps = fees !== 0 || withheld !== 0;
  if (!isMove && !keeps) return nothing;
  // Money that was deferred first comes a second time when it is released, and names the first.
  const transactionId = related(raw, 'DEFERRED_TRANSACTION_ID') ?? readId(raw.transactionId);
  const postedAt = Date.parse(raw.postedDate ?? '');
  if (transactionId === null || purse.currency === null || Number.isNaN(postedAt)) {
    if (isMove) throw new Unreadable();
    return nothing;
  }
  const { currency } = purse;
  const common = { transactionId, amazonOrderId: amazonOrderId(order), postedAt, currency };
  return {
    move: isMove ? { ...common, kind, amount, items } : null,
    posting: keeps ? { ...common, fees, withheld } : null,
  };
}

/** What a list of transactions says of money that went back to buyers and of what Amazon kept, and how many could not be read. */
export interface ReadMoves {
  readonly moves: AmazonMove[];
  readonly postings: AmazonPosting[];
  readonly skipped: number;
}

/**
 * Reads transactions of Finances v2024-06-19: refunds, claims, chargebacks, and whatever else gave money back to the buyer of
 * an order; and of all of them the fees and the tax that Amazon kept. Transfers are left out, deferred ones count. Never
 * throws; what cannot be read is counted.
 */
export function toMoves(transactions: readonly unknown[]): ReadMoves {
  const moves = new Map<string, AmazonMove>();
  const postings = new Map<string, AmazonPosting>();
  let skipped = 0;
  for (const one of transactions) {
    const raw = shape.safeParse(one);
    try {
      if (!raw.success) throw new Unreadable();
      const { move, posting } = readOne(raw.data);
      if (move) moves.set(move.transactionId, move);
      if (posting) postings.set(posting.transactionId, posting);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      skipped += 1;
    }
  }
  return { moves: [...moves.values()], postings: [...postings.values()], skipped };
}
