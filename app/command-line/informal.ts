import { text as textOf } from 'node:stream/consumers';
import { orderRow } from '../db/order-list.ts';
import { buyerLanguages, buyerText, buyerTextKinds, languageOfMarketplace } from '../domain/buyer-texts.ts';
import { messageReasons, type MessageReason } from '../domain/choice.ts';
import { amazonOrderId, type AmazonOrderId } from '../domain/ids.ts';
import { orderIdsIn } from '../domain/order-ids-in-text.ts';
import { now } from '../lib/clock.ts';
import { chooseUnmark } from '../sync/choose-unmark.ts';
import { knownOrder, recordInformal } from '../sync/record-informal.ts';
import { UsageError, type Options, type Said, type Session } from './command-line.ts';
import { operator as by, saidOf } from './said.ts';

/** The order that was named, or with `-` the one that a message on standard input names; its words are dropped. */
async function orderIn(word: string): Promise<AmazonOrderId> {
  if (word !== '-') return amazonOrderId(word);
  const ids = orderIdsIn(await textOf(process.stdin));
  const [only, ...more] = ids;
  if (only && more.length === 0) return only;
  throw new UsageError(
    only ? `The message names several orders: ${ids.join(', ')}.` : 'The message names no order.',
  );
}

function reasonIn(why: string): MessageReason | 'out_of_stock' {
  const known = [...messageReasons, 'out_of_stock'] as const;
  const found = known.find((one) => one === why);
  if (found) return found;
  throw new UsageError(`--why is one of ${known.join(', ')}.`);
}

/** The lines that are meant by SKUs; null: the whole order. */
async function linesIn(
  { services, shop }: Session,
  order: AmazonOrderId,
  skus: readonly string[] | undefined,
): Promise<string[] | null> {
  if (!skus) return null;
  const known = await services.db.forShop(shop, (tx) => knownOrder(tx, services, shop, order));
  return skus.map((sku) => {
    const [line, ...more] = (known?.order?.lines ?? []).filter((one) => one.sku === sku);
    if (line && more.length === 0) return line.orderItemId;
    throw new UsageError(`There is no line ${sku} in this order, or there are several.`);
  });
}

/** Writes down that a buyer's message asks to cancel: `--why`, `--line` for some lines only, `--no-hold`. */
export async function recordMessage(
  session: Session,
  [word = '']: readonly string[],
  { why = '', line, hold }: Options,
): Promise<Said> {
  const reason = reasonIn(why);
  const order = await orderIn(word);
  const lines = await linesIn(session, order, line);
  const wish = { lines, why: reason, hold: hold !== false, by };
  const recorded = await recordInformal(session.services, session.shop, order, wish);
  return saidOf(recorded, `${order}: recorded. It waits for the buyer to ask in the account.`);
}

/** Takes mark and hold away that only a message, a mail or the like asked for. */
export async function dropMessage(
  { services, shop }: Session,
  [order = '']: readonly string[],
): Promise<Said> {
  const chosen = await chooseUnmark(services, shop, amazonOrderId(order), by);
  return saidOf(chosen, `${order}: mark and hold are removed.`);
}

/** Texts to be copied to a buyer, in the language of the order's marketplace or in `--language`. */
export async function buyerTexts(
  { services, shop }: Session,
  [order = '']: readonly string[],
  { language }: Options,
): Promise<Said> {
  const row = await services.db.forShop(shop, (tx) => orderRow(tx, shop, amazonOrderId(order)));
  if (!row) throw new UsageError(`The order ${order} is not known here.`);
  const code = language ?? languageOfMarketplace(row.marketplaceId);
  if (!buyerLanguages.some((one) => one.code === code))
    throw new UsageError(`--language is one of ${buyerLanguages.map((one) => one.code).join(', ')}.`);
  const about = { id: order, marketplaceId: row.marketplaceId, shipBy: row.shipBy };
  const data = buyerTextKinds.map((kind) => ({
    kind,
    language: code,
    ...buyerText(kind, code, about, now()),
  }));
  const own = (ours: readonly string[]) => (ours.length > 0 ? ` (our own words: ${ours.join(', ')})` : '');
  return { ok: true, data, lines: data.map(({ kind, text, ours }) => `${kind}${own(ours)}: ${text}`) };
}
