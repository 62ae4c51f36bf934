import type { TFunction } from 'i18next';
import { marketplaceName } from '../domain/marketplaces.ts';
import type { DayView } from '../sync/ledger-view.ts';
import type { Cells } from './cells.ts';
import { formatCalendarDay, formatSum, type Style } from './format.ts';

const names = [
  'day',
  'market',
  'currency',
  'ordersA',
  'ordersS',
  'salesA',
  'salesS',
  'refundsA',
  'refundsS',
  'apart',
  'voids',
  'state',
] as const;

/** Days as a file has them: the marketplace's days, plain decimals. */
export function dayCells(days: readonly DayView[], t: TFunction): Cells {
  const title = (name: string) => t('reports.money.column', { name });
  return {
    name: t('reports.tab.consistency'),
    columns: names.map((id) => ({ id, title: title(id) })),
    rows: days.map((day) => ({
      id: `${day.day} ${day.marketplaceId} ${day.currency}`,
      cells: [
        day.day,
        day.marketplaceId === '' ? t('notKnown') : marketplaceName(day.marketplaceId),
        day.currency,
        String(day.orders.amazon),
        String(day.orders.shopify),
        day.sales.amazon,
        day.sales.shopify,
        day.refunds.amazon,
        day.refunds.shopify,
        day.apart,
        String(day.voids),
        t('reports.money.state', { state: day.state }),
      ],
    })),
  };
}

/** A day as people read it: both sides in one cell. */
export function spokenDay(day: DayView, style: Style) {
  const money = (decimal: string) => formatSum(decimal, day.currency, style.language);
  const count = (n: number) => new Intl.NumberFormat(style.language).format(n);
  return {
    day: formatCalendarDay(day.day, style),
    market: day.marketplaceId === '' ? '' : marketplaceName(day.marketplaceId),
    orders: `${count(day.orders.amazon)} / ${count(day.orders.shopify)}`,
    sales: `${money(day.sales.amazon)} / ${money(day.sales.shopify)}`,
    refunds: `${money(day.refunds.amazon)} / ${money(day.refunds.shopify)}`,
    apart: money(day.apart),
  };
}
