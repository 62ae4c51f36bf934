import type { TFunction } from 'i18next';
import type { LedgerRow } from '../db/ledger-list.ts';
import { marketplaceName } from '../domain/marketplaces.ts';
import { toDecimal } from '../domain/money.ts';
import type { LedgerWish } from '../sync/ledger-view.ts';
import { formatMoment, formatMoney, type Style } from './format.ts';

/** How a state of the ledger looks. */
export const ledgerTones = {
  different: 'warning',
  not_known: 'attention',
  waiting: 'info',
  in_step: 'success',
} as const;

export type LedgerSide = 'amazon' | 'shopify' | 'settlement';

/** Why a side says nothing: a void has no settlement row, fees are no matter of Shopify's, and else it is not known or not there. */
function nothingOf({ kind, state, class: why }: LedgerRow, side: LedgerSide): string {
  if (side === 'settlement') return kind === 'void' ? 'void' : 'none';
  if (side === 'shopify')
    return kind === 'fee' || kind === 'tax' ? 'none' : why === 'not_known' ? 'unknown' : 'missing';
  if (kind === 'void') return 'cancelled';
  return state === 'waiting' || state === 'not_known' ? 'unknown' : 'missing';
}

/** What one side says of an entry, as an amount or in words. */
export function sideText(row: LedgerRow, side: LedgerSide, t: TFunction, language: string): string {
  const amount = row[side];
  if (amount === null) return t('reports.money.nothing', { why: nothingOf(row, side) });
  return formatMoney({ amount, currency: row.currency }, language);
}

/** The sentence of an entry's class; empty where there is nothing to say. */
export function classText({ class: why, waitsUntil, kind }: LedgerRow, t: TFunction, style: Style): string {
  if (why === null) return '';
  const time = waitsUntil === null ? '' : formatMoment(waitsUntil, style);
  return t('reports.money.class', { why, kind, time });
}

/** The columns of the ledger in a file. */
export const ledgerColumns = [
  ...([
    'day',
    'market',
    'order',
    'kind',
    'currency',
    'amazon',
    'shopify',
    'settlement',
    'state',
    'why',
  ] as const),
] as const;

/** An entry as the cells of a file: the marketplace's day, money as plain decimals; what is not said is said. */
export function ledgerCells(row: LedgerRow, t: TFunction, style: Style): string[] {
  const money = (side: LedgerSide) => {
    const amount = row[side];
    if (amount !== null) return toDecimal({ amount, currency: row.currency });
    return t('reports.money.nothing', { why: nothingOf(row, side) });
  };
  return [
    row.day,
    row.marketplaceId === '' ? t('notKnown') : marketplaceName(row.marketplaceId),
    row.amazonOrderId,
    t('reports.money.kind', { kind: row.kind }),
    row.currency,
    money('amazon'),
    money('shopify'),
    money('settlement'),
    t('reports.money.state', { state: row.state }),
    classText(row, t, style),
  ];
}

/** What narrows a report of the ledger beside marketplace and days, for the head of its file; undefined: nothing. */
export function sayLedgerWish(
  { state, currency, search, voids }: LedgerWish,
  t: TFunction,
): string | undefined {
  const said = [
    ...(state === null ? [] : [t('reports.money.state', { state })]),
    ...(currency === null ? [] : [currency]),
    ...(search === null ? [] : [search]),
    ...(voids ? [t('reports.consistency.withVoids')] : []),
  ];
  return said.length === 0 ? undefined : said.join(' · ');
}
