import { type Column, tabFile, type TabFile, withOffset } from './tab-file.ts';
import { isObject, type JsonObject, numberIn, objectIn, objectsIn, textIn } from './json.ts';
import { isCancelled, lineId, quantitiesOf, statusOf } from './lines.ts';

/** Reports with buyer data: each reading needs a token of its own. */
export const unshippedReport = 'GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING';
export const orderReport = 'GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING';

/** Where the optional column of cancellation requests is: Amazon's name, the misspelt one, or nowhere. */
export type CancellationColumn = 'on' | 'off' | 'misspelled';

/** Which orders a report is about. Times in milliseconds. */
export interface ReportScope {
  readonly type: string;
  readonly marketplaceIds: readonly string[];
  readonly from: number;
  readonly until: number;
}

interface Line {
  readonly order: JsonObject;
  readonly line: JsonObject;
}

const text = (holder: JsonObject, name: string) => textIn(holder, name) ?? '';
const address = ({ order }: Line) => objectIn(objectIn(order, 'recipient'), 'deliveryAddress');
const product = ({ line }: Line) => objectIn(line, 'product');
const request = ({ line }: Line) => objectIn(line, 'cancellation')['cancellationRequest'];
const nothing = () => '';

const columns: readonly Column<Line>[] = [
  ['order-id', ({ order }) => text(order, 'orderId')],
  ['order-item-id', ({ line }) => lineId(line) ?? ''],
  ['purchase-date', ({ order }) => withOffset(text(order, 'createdTime'))],
  ['payments-date', ({ order }) => withOffset(text(order, 'createdTime'))],
  ['buyer-email', ({ order }) => text(objectIn(order, 'buyer'), 'buyerEmail')],
  ['buyer-name', ({ order }) => text(objectIn(order, 'buyer'), 'buyerName')],
  ['buyer-phone-number', nothing],
  ['sku', (line) => text(product(line), 'sellerSku')],
  ['product-name', (line) => text(product(line), 'title')],
  ['quantity-purchased', ({ line }) => String(quantitiesOf(line).ordered)],
  ['ship-service-level', ({ order }) => text(objectIn(order, 'fulfillment'), 'fulfillmentServiceLevel')],
  ['recipient-name', (line) => text(address(line), 'name')],
  ['ship-address-1', (line) => text(address(line), 'addressLine1')],
  ['ship-address-2', (line) => text(address(line), 'addressLine2')],
  ['ship-city', (line) => text(address(line), 'city')],
  ['ship-state', (line) => text(address(line), 'stateOrRegion')],
  ['ship-postal-code', (line) => text(address(line), 'postalCode')],
  ['ship-country', (line) => text(address(line), 'countryCode')],
  ['sales-channel', ({ order }) => text(objectIn(order, 'salesChannel'), 'marketplaceName')],
  ['is-business-order', nothing],
  ['is-prime', nothing],
];

const titles: Readonly<Record<CancellationColumn, string | null>> = {
  on: 'is-buyer-requested-cancellation',
  off: null,
  misspelled: 'is-buyer-requested-cancelation',
};

function columnsWith(cancellation: CancellationColumn): readonly Column<Line>[] {
  const title = titles[cancellation];
  if (title === null) return columns;
  return [
    ...columns,
    [title, (line) => String(isObject(request(line)))],
    [
      'buyer-requested-cancel-reason',
      (line) => text(objectIn(objectIn(line.line, 'cancellation'), 'cancellationRequest'), 'cancelReason'),
    ],
  ];
}

function wanted(order: JsonObject, scope: ReportScope): boolean {
  const fulfillment = objectIn(order, 'fulfillment');
  const marketplaceId = textIn(objectIn(order, 'salesChannel'), 'marketplaceId') ?? '';
  if (text(fulfillment, 'fulfilledBy') === 'AMAZON' || !scope.marketplaceIds.includes(marketplaceId))
    return false;
  const status = statusOf(order) ?? '';
  if (scope.type === unshippedReport) return ['UNSHIPPED', 'PARTIALLY_SHIPPED'].includes(status);
  const created = Date.parse(text(order, 'createdTime'));
  return !status.startsWith('PENDING') && created >= scope.from && created <= scope.until;
}

/** Lines of the order that the report shows; of what waits to be shipped only those with something open. */
function linesOf(order: JsonObject, { type }: ReportScope): Line[] {
  const lines = objectsIn(order, 'orderItems');
  const shown =
    type === unshippedReport
      ? lines.filter((line) => !isCancelled(line) && quantitiesOf(line).open > 0)
      : lines;
  return shown
    .filter((line) => (numberIn(line, 'quantityOrdered') ?? 0) > 0)
    .map((line) => ({ order, line }));
}

/** An order report, with the column of cancellation requests or without. */
export function reportText(
  orders: Iterable<JsonObject>,
  scope: ReportScope,
  cancellation: CancellationColumn,
): TabFile {
  const lines = [...orders].filter((order) => wanted(order, scope)).flatMap((order) => linesOf(order, scope));
  return tabFile(columnsWith(cancellation), lines);
}
