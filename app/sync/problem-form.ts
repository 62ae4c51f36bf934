import { choicesOf } from '../db/choices.ts';
import { commandsOf } from '../db/commands.ts';
import { storedOrder } from '../db/stored-order.ts';
import { choicesOfKind, messageReasons } from '../domain/choice.ts';
import { components } from '../domain/components.ts';
import { keptOrders } from '../domain/doubled.ts';
import { refuse, type Refused } from '../domain/explain-refusal.ts';
import { amazonOrderId, type ShopDomain } from '../domain/ids.ts';
import { toDecimal, type Money } from '../domain/money.ts';
import { choicesFor, type Solution } from '../domain/problem-choices.ts';
import { reasonsIn } from '../domain/reason-map.ts';
import { ledgerOf, leftOnAmazon } from '../domain/refund-ledger.ts';
import { findProblem } from './find-problem.ts';
import { lookAtOrder } from './look-at-order.ts';
import type { Services } from './services.ts';
import type { Found } from './solve-step.ts';
import { partsToLeave, splittable } from './solve-value.ts';

interface Option {
  readonly value: string;
  readonly label: string;
}

/** What a choice needs beside its name, as a person is asked for it. */
export type Field =
  | { readonly is: 'checked' | 'note' | 'carrier' | 'variant' }
  | { readonly is: 'reason' | 'part' | 'order' | 'why'; readonly options: readonly Option[] }
  /** Units of each line (a column) in each package (a row), or amounts of each component (a column) of each line (a row). */
  | {
      readonly is: 'units' | 'amounts';
      readonly rows: readonly Option[];
      readonly columns: readonly Option[];
      /** The most that fits into a cell, by row and column; a cell that is not named is none. */
      readonly most: Readonly<Record<string, Readonly<Record<string, string>>>>;
    };

/** One thing that can be done about a problem. */
interface WayOut {
  readonly choice: string;
  /** The decision it is made by; null: it is taken as it is. */
  readonly opens: 'cancel' | 'decline' | null;
  readonly field: Field | null;
}

/** An open problem as a person settles it. */
export interface ProblemForm {
  readonly kind: string;
  readonly order: string;
  readonly reasons: readonly string[];
  /** What the order costs in Shopify, minor units; null where that is not known. */
  readonly total: Money | null;
  /** Where a text for the buyer helps: what it is made with. `shipBy` in ms UTC. */
  readonly buyer: { readonly marketplaceId: string | null; readonly shipBy: number | null } | null;
  readonly ways: readonly WayOut[];
}

/** What is kept of the order that a problem is about. */
interface Known {
  readonly reasons: readonly string[];
  readonly total: Money | null;
  readonly parts: readonly string[];
  readonly buyer: NonNullable<ProblemForm['buyer']>;
  /** It is about an approved refund, which no dialog for cancels can approve again. */
  readonly ofRefund: boolean;
}

/** Problems that a text for the buyer helps with. */
const writesTo: ReadonlySet<string> = new Set(['informal_no_answer', 'refused_shipped']);

const option = (value: string, label = value): Option => ({ value, label });

async function known({ db }: Services, shop: ShopDomain, found: Found): Promise<Known> {
  const id = amazonOrderId(found.order);
  return db.forShop(shop, async (tx) => {
    const row = await tx.order.findUnique({ where: { shop_amazonOrderId: { shop, amazonOrderId: id } } });
    const stored = await storedOrder(tx, shop, id);
    const commands = (await commandsOf(tx, shop, [id])).get(id) ?? [];
    const choices = (await choicesOf(tx, shop, [id])).get(id) ?? [];
    const { shopifyTotal = null, currency = null, marketplaceId = null } = row ?? {};
    return {
      reasons: reasonsIn(stored?.remembered?.order.marketplaceId ?? marketplaceId).filter(
        (reason) => reason !== 'BuyerCanceled',
      ),
      total: shopifyTotal === null || currency === null ? null : { amount: Number(shopifyTotal), currency },
      parts: partsToLeave(commands),
      buyer: { marketplaceId, shipBy: row?.shipBy?.getTime() ?? null },
      ofRefund: choicesOfKind(choices, 'refund').some((one) => one.id === found.subject),
    };
  });
}

/** Packages by their numbers, with the lines of their fulfilment. */
async function unitsField(services: Services, shop: ShopDomain, found: Found): Promise<Field | null> {
  const read = await lookAtOrder(services, shop, amazonOrderId(found.order));
  const sent = read.ok ? splittable(read, found.subject) : null;
  if (!read.ok || !sent) return null;
  const lines = read.one.order.lines.filter(({ orderItemId }) => (sent.units.get(orderItemId) ?? 0) > 0);
  const most = Object.fromEntries(
    lines.map(({ orderItemId }) => [orderItemId, String(sent.units.get(orderItemId) ?? 0)]),
  );
  return {
    is: 'units',
    rows: sent.numbers.map((number) => option(number)),
    columns: lines.map(({ orderItemId, sku, title }) => option(orderItemId, sku ?? title ?? orderItemId)),
    most: Object.fromEntries(sent.numbers.map((number) => [number, most])),
  };
}

/** Lines with what is left of each of their components on Amazon. */
async function amountsField(services: Services, shop: ShopDomain, found: Found): Promise<Field | null> {
  const read = await lookAtOrder(services, shop, amazonOrderId(found.order));
  if (!read.ok || !read.one.books) return null;
  const { lines, currency, unclear } = leftOnAmazon(ledgerOf(read.one, read.one.books), []);
  if (currency === null || unclear) return null;
  const left = lines.map((line) => ({
    line,
    parts: components.flatMap((name) => {
      const amount = line.left[name] ?? 0;
      return amount > 0 ? [[name, toDecimal({ amount, currency })] as const] : [];
    }),
  }));
  const rows = left.filter(({ parts }) => parts.length > 0);
  const used = new Set(rows.flatMap(({ parts }) => parts.map(([name]) => name)));
  return {
    is: 'amounts',
    rows: rows.map(({ line }) => option(line.orderItemId, line.sku ?? line.orderItemId)),
    columns: components.filter((name) => used.has(name)).map((name) => option(name)),
    most: Object.fromEntries(rows.map(({ line, parts }) => [line.orderItemId, Object.fromEntries(parts)])),
  };
}

/** `none`: nothing has to be said; `impossible`: what would have to be said is not there any more. */
async function fieldOf(
  services: Services,
  shop: ShopDomain,
  found: Found,
  { needs }: Solution,
  { reasons, parts }: Known,
): Promise<Field | 'none' | 'impossible'> {
  if (needs === undefined) return 'none';
  switch (needs) {
    case 'idle':
      return 'none';
    case 'checked':
    case 'carrier':
    case 'variant':
      return { is: needs };
    case 'reason':
      return { is: 'reason', options: reasons.map((reason) => option(reason)) };
    case 'why':
      return { is: 'why', options: messageReasons.map((why) => option(why)) };
    case 'part':
      return parts.length === 0 ? 'impossible' : { is: 'part', options: parts.map((part) => option(part)) };
    case 'order':
      return { is: 'order', options: keptOrders(found.orders ?? '[]').map(([id, name]) => option(id, name)) };
    case 'split':
      return (await unitsField(services, shop, found)) ?? 'impossible';
    case 'components':
      return (await amountsField(services, shop, found)) ?? 'impossible';
  }
}

/** A cancel and a release are decided where all that they do is shown; the rest is taken as it is. */
function opens({ does }: Solution, about: Known): WayOut['opens'] {
  if (does === 'cancel' && !about.ofRefund) return 'cancel';
  return does === 'decline' ? 'decline' : null;
}

/**
 * What can be done about an open problem, with all that has to be said for it; both sides are looked at where that depends on
 * them. What is not possible any more is left out.
 */
export async function problemForm(
  services: Services,
  shop: ShopDomain,
  id: string,
): Promise<{ readonly ok: true; readonly form: ProblemForm } | Refused> {
  const found = await findProblem(services, shop, { id }, false);
  if (!found) return refuse('problem_unknown');
  const about = await known(services, shop, found);
  const ways: WayOut[] = [];
  for (const [choice, solution] of Object.entries(choicesFor(found.kind))) {
    // A problem of an account ends by itself once its reason does.
    if (choice === 'reopen' || (found.order === '' && solution.does !== 'close')) continue;
    const way = opens(solution, about);
    if (way !== null) ways.push({ choice, opens: way, field: null });
    else if (choice === 'leave') ways.push({ choice, opens: null, field: { is: 'note' } });
    else if (solution.does === 'cancel') ways.push({ choice, opens: null, field: { is: 'checked' } });
    else {
      const field = await fieldOf(services, shop, found, solution, about);
      if (field !== 'impossible') ways.push({ choice, opens: null, field: field === 'none' ? null : field });
    }
  }
  const { reasons, total } = about;
  const buyer = writesTo.has(found.kind) ? about.buyer : null;
  return { ok: true, form: { kind: found.kind, order: found.order, reasons, total, buyer, ways } };
}
