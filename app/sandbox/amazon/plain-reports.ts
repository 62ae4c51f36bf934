import type { ReportScope } from './report-file.ts';
import { type JsonObject, objectIn, objectsIn, textIn } from './json.ts';
import { isCancelled, quantitiesOf, statusOf } from './lines.ts';
import { amountOf, type Components, currencyOf, minorOf, paidFor } from './money/balances.ts';
import type { Refund } from './money/refund.ts';
import type { StoredOrder } from './order-store.ts';
import { type Column, tabFile, type TabFile, withOffset } from './tab-file.ts';

/** Reports without buyer data that are asked for. */
export const allOrdersReport = 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL';
export const returnsReport = 'GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE';

interface OrderLine {
  readonly order: JsonObject;
  readonly line: JsonObject;
  readonly status: string;
  readonly paid: Components;
}

interface Return {
  readonly order: JsonObject;
  readonly line: JsonObject;
  readonly refund: Refund;
  readonly refunded: number;
}

const text = (holder: JsonObject, name: string) => textIn(holder, name) ?? '';
const channel = (order: JsonObject) => objectIn(order, 'salesChannel');
const product = (line: JsonObject) => objectIn(line, 'product');
const words: Readonly<Record<string, string>> = {
  PENDING: 'Pending',
  PENDING_AVAILABILITY: 'Pending',
  UNSHIPPED: 'Unshipped',
  PARTIALLY_SHIPPED: 'PartiallyShipped',
  SHIPPED: 'Shipped',
  CANCELLED: 'Cancelled',
};

/** An amount of a line; what is cancelled has none. */
const amount =
  (component: string) =>
  ({ order, line, status, paid }: OrderLine) =>
    status === 'Cancelled' || isCancelled(line) ? '' : amountOf(paid[component] ?? 0, currencyOf(order));

const orderColumns: readonly Column<OrderLine>[] = [
  ['amazon-order-id', ({ order }) => text(order, 'orderId')],
  ['merchant-order-id', () => ''],
  ['purchase-date', ({ order }) => withOffset(text(order, 'createdTime'))],
  ['last-updated-date', ({ order }) => withOffset(text(order, 'lastUpdatedTime'))],
  ['order-status', ({ status }) => status],
  [
    'fulfillment-channel',
    ({ order }) => (text(objectIn(order, 'fulfillment'), 'fulfilledBy') === 'AMAZON' ? 'Amazon' : 'Merchant'),
  ],
  ['sales-channel', ({ order }) => text(channel(order), 'marketplaceName')],
  ['product-name', ({ line }) => text(product(line), 'title')],
  ['sku', ({ line }) => text(product(line), 'sellerSku')],
  ['asin', ({ line }) => text(product(line), 'asin')],
  ['item-status', ({ line, status }) => (isCancelled(line) ? 'Cancelled' : status)],
  ['quantity', ({ line }) => String(isCancelled(line) ? 0 : quantitiesOf(line).ordered)],
  ['currency', ({ order }) => currencyOf(order)],
  ['item-price', amount('Principal')],
  ['item-tax', amount('Tax')],
  ['shipping-price', amount('Shipping')],
  ['shipping-tax', amount('ShippingTax')],
  ['gift-wrap-price', amount('GiftWrap')],
  ['gift-wrap-tax', amount('GiftWrapTax')],
  // Discounts are taken off the prices already.
  ['item-promotion-discount', () => ''],
  ['ship-promotion-discount', () => ''],
];

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day as returns reports write it: 21-Nov-2026. */
function dayOf(time: string): string {
  const [year = '', month = '', day = ''] = time.slice(0, 10).split('-');
  return year === '' ? '' : `${day}-${months[Number(month) - 1] ?? ''}-${year}`;
}

const returnColumns: readonly Column<Return>[] = [
  ['Order ID', ({ order }) => text(order, 'orderId')],
  ['Order date', ({ order }) => dayOf(text(order, 'createdTime'))],
  ['Return request date', ({ refund }) => dayOf(refund.time)],
  ['Return request status', () => 'Completed'],
  ['Amazon RMA ID', ({ refund }) => refund.refundId],
  ['Currency code', ({ order }) => currencyOf(order)],
  ['ASIN', ({ line }) => text(product(line), 'asin')],
  ['Merchant SKU', ({ line }) => text(product(line), 'sellerSku')],
  ['Item Name', ({ line }) => text(product(line), 'title')],
  ['Return quantity', () => '1'],
  ['Refunded Amount', ({ order, refunded }) => amountOf(refunded, currencyOf(order))],
];

const isIn = (order: JsonObject, { marketplaceIds }: ReportScope) =>
  marketplaceIds.includes(text(channel(order), 'marketplaceId'));

/** All orders that changed since the report's time begins, whoever fulfils them, as they are when it is made. */
export function allOrdersText(orders: Iterable<StoredOrder>, scope: ReportScope): TabFile {
  const rows = [...orders]
    .filter(({ order, updatedAt }) => updatedAt >= scope.from && isIn(order, scope))
    .flatMap(({ order }) => {
      const status = words[statusOf(order) ?? ''] ?? 'Unshipped';
      return objectsIn(order, 'orderItems').map((line) => ({
        ...{ order, line, status },
        paid: paidFor(order, line),
      }));
    });
  return tabFile(orderColumns, rows);
}

/** What buyers sent back within the report's time. */
export function returnsText(orders: Iterable<StoredOrder>, scope: ReportScope): TabFile {
  const rows = [...orders].flatMap(({ order, refunds }) =>
    refunds.flatMap((refund) => {
      const at = Date.parse(refund.time);
      if (refund.by !== 'return' || at < scope.from || at > scope.until || !isIn(order, scope)) return [];
      return refund.items.flatMap(({ orderItemId, components }): Return[] => {
        const line = objectsIn(order, 'orderItems').find((one) => textIn(one, 'orderItemId') === orderItemId);
        const parts = Object.values(components).map((part) => minorOf(part, currencyOf(order)) ?? 0);
        return line ? [{ order, line, refund, refunded: parts.reduce((sum, one) => sum + one, 0) }] : [];
      });
    }),
  );
  return tabFile(returnColumns, rows);
}
