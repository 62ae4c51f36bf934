import type { TFunction } from 'i18next';
import type { SettledLine } from '../db/settlement-list.ts';
import { toDecimal } from '../domain/money.ts';
import type { SettlementView } from '../sync/settlement-view.ts';
import { formatSum } from './format.ts';

/** How a settlement's proof looks. */
export const proofTones = {
  whole: 'success',
  apart: 'warning',
  cut: 'warning',
  no_total: 'attention',
} as const;

/** What a settlement's sums prove, in words. */
export function proofText(
  { proof, apart, currency }: SettlementView,
  t: TFunction,
  language: string,
): string {
  return t('reports.settlements.proof', { proof, apart: formatSum(apart, currency, language) });
}

/** What a row belongs to: `refund of …` with our own number where it has one. */
export function matchedText({ matchedTo }: SettledLine, t: TFunction): string {
  const [to = '', ...more] = matchedTo.split(':');
  return t('reports.settlements.matched', {
    to: to === '' ? 'nothing' : to,
    number: to === 'own' ? more.join(':') : '',
  });
}

/** Why a row is matched to nothing; what a person named it comes first. */
export function whyText({ why, note }: SettledLine, t: TFunction): string {
  if (note !== null) return note;
  return why === null ? '' : t('reports.settlements.why', { why });
}

const day = (ms: number | null, t: TFunction) =>
  ms === null ? t('notKnown') : new Date(ms).toISOString().slice(0, 10);

/** The columns of the settlements in a file. */
export const settlementColumns = [
  'settlement',
  'from',
  'to',
  'currency',
  'total',
  'sum',
  'rows',
  'matched',
  'unmatched',
  'proof',
] as const;

/** A settlement as the cells of a file. */
export function settlementCells(one: SettlementView, t: TFunction): string[] {
  return [
    one.settlementId,
    day(one.startsAt, t),
    day(one.endsAt, t),
    one.currency,
    one.total ?? t('notKnown'),
    one.sum,
    String(one.rows),
    String(one.matched),
    String(one.unmatched),
    t('reports.settlements.proof', { proof: one.proof, apart: one.apart }),
  ];
}

/** The columns of one settlement's rows in a file. */
export const lineColumns = [
  'row',
  'type',
  'description',
  'order',
  'sku',
  'date',
  'amount',
  'currency',
  'matched',
  'why',
] as const;

/** A row of a settlement as the cells of a file. */
export function lineCells(row: SettledLine, currency: string, t: TFunction): string[] {
  return [
    String(row.line),
    row.type,
    `${row.amountType} ${row.description}`,
    row.amazonOrderId,
    row.sku,
    day(row.postedAt, t),
    toDecimal({ amount: row.amount, currency }),
    currency,
    matchedText(row, t),
    whyText(row, t),
  ];
}
