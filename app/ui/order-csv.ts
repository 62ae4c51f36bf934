import type { TFunction } from 'i18next';
import type { OrderRow } from '../db/order-list.ts';
import { marketplace } from '../domain/marketplaces.ts';
import { toDecimal } from '../domain/money.ts';
import { csvLine } from '../lib/csv.ts';
import { flatParams, sayable } from './wording.ts';

const columns = [
  'amazonOrder',
  'shopify',
  'date',
  'market',
  'currency',
  'total',
  'shopifyTotal',
  'shipBy',
  'request',
  'state',
] as const;

/** The first line of an export; the mark before it tells table programmes that it is UTF-8. */
export function csvHead(t: TFunction): string {
  return `\uFEFF${csvLine(columns.map((column) => t(`orders.column.${column}`)))}`;
}

/**
 * An order as a line of an export: times as ISO 8601 in UTC, money as a decimal. What is not known says so, and is never empty.
 * `now` in ms UTC.
 */
export function csvOrder(row: OrderRow, t: TFunction, language: string, now: number): string {
  const time = (at: number | null) => (at === null ? t('notKnown') : new Date(at).toISOString());
  const money = (amount: number | null) =>
    amount === null || row.currency === null ? t('notKnown') : toDecimal({ amount, currency: row.currency });
  const words = sayable(flatParams(row.stateParams), t, { language, timeZone: 'UTC', now });
  return csvLine([
    row.amazonOrderId,
    row.shopifyName ?? '',
    time(row.amazonCreatedAt),
    marketplace(row.marketplaceId)?.name ?? row.marketplaceId ?? t('notKnown'),
    row.currency ?? t('notKnown'),
    money(row.amazonTotal),
    row.shopifyOrderId === null ? '' : money(row.shopifyTotal),
    time(row.shipBy),
    t(`requestWord.${row.request}`),
    t(`state.${row.state}.badge`, words),
  ]);
}
