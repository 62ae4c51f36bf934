import type { AmazonData, AmazonLine, RequestReading } from '../domain/amazon-order.ts';
import { amazonOrderItemId } from '../domain/ids.ts';
import { lineProceeds } from './proceeds.ts';
import { readId } from './reading.ts';
import type { Reading } from './reading.ts';
import type { RawItem } from './schema.ts';

/** How a line is read: the order's reading, the kinds of data that were given, and whether money must be there. */
export interface LineContext {
  readonly reading: Reading;
  readonly given: ReadonlySet<AmazonData>;
  readonly moneyExpected: boolean;
}

/**
 * What Amazon says of the buyer's wish for one line (REQ-1). An absent block or empty text is no request; a requester
 * that is not the buyer, or a reason without a requester, is unknown.
 */
function requestOf({ reading, given }: LineContext, raw: RawItem, field: string): RequestReading {
  if (!given.has('CANCELLATION')) return { state: 'unknown' };
  const block = raw.cancellation?.cancellationRequest;
  const path = `${field}.cancellation.cancellationRequest`;
  const requester = block?.requester?.trim().toUpperCase() ?? '';
  const reason = reading.text(block?.cancelReason, `${path}.cancelReason`);
  if (requester === 'BUYER') return { state: 'asked', reason };
  if (requester === '' && reason === null) return { state: 'none' };
  reading.odd(`${path}.requester`, requester === '' ? 'absent' : 'unknown_value', requester);
  return { state: 'unknown' };
}

function cancelledOf({ reading }: LineContext, raw: RawItem, field: string): AmazonLine['cancelled'] {
  const block = raw.cancellation?.cancellationExecution;
  const path = `${field}.cancellation.cancellationExecution`;
  const by = reading.text(block?.cancelledBy, `${path}.cancelledBy`);
  const reason = reading.text(block?.cancelReason, `${path}.cancelReason`);
  if (by === null && reason === null) return null;
  if (by === null) reading.odd(`${path}.cancelledBy`, 'absent');
  return { by: by ?? 'UNKNOWN', reason };
}

/** What was ordered. Where that is no number, what is fulfilled and open together, else one: a line is never lost. */
function orderedOf(
  reading: Reading,
  raw: RawItem,
  field: string,
  fulfilled: number | null,
  open: number | null,
): number {
  const path = `${field}.quantityOrdered`;
  if (raw.quantityOrdered === null || raw.quantityOrdered === undefined) reading.odd(path, 'absent');
  const ordered = reading.count(raw.quantityOrdered, path);
  if (ordered !== null) return ordered;
  return fulfilled === null || open === null ? 1 : fulfilled + open;
}

function byMarketplace(given: ReadonlySet<AmazonData>, raw: RawItem): boolean | null {
  if (!given.has('TAX')) return null;
  return (raw.tax?.taxCollections ?? []).some(
    (one) => one?.model?.toUpperCase() === 'MARKETPLACE_FACILITATOR',
  );
}

function moneyOf({ reading, given, moneyExpected }: LineContext, raw: RawItem, field: string) {
  const proceeds = given.has('PROCEEDS') ? lineProceeds(reading, raw.proceeds, `${field}.proceeds`) : null;
  if (!proceeds && moneyExpected) reading.odd(`${field}.proceeds`, 'absent');
  return {
    unitPrice: reading.money(raw.product?.price?.unitPrice, `${field}.product.price.unitPrice`),
    proceeds,
  };
}

/** One line of an order; null where its id cannot be read. `field` is its path, like `orderItems[0]`. */
export function toLine(context: LineContext, raw: RawItem, field: string): AmazonLine | null {
  const { reading, given } = context;
  const id = readId(raw.orderItemId);
  if (id === null) return null;
  const product = raw.product;
  const fulfillment = raw.fulfillment;
  const gift = fulfillment?.packing?.giftOption;
  const giftField = `${field}.fulfillment.packing.giftOption`;
  const shipping = fulfillment?.shipping?.internationalShipping;
  const fulfilled = reading.count(fulfillment?.quantityFulfilled, `${field}.fulfillment.quantityFulfilled`);
  const open = reading.count(fulfillment?.quantityUnfulfilled, `${field}.fulfillment.quantityUnfulfilled`);
  return {
    orderItemId: amazonOrderItemId(id),
    asin: reading.text(product?.asin, `${field}.product.asin`),
    sku: reading.text(
      product?.sellerSku?.trim() === '' ? null : product?.sellerSku,
      `${field}.product.sellerSku`,
    ),
    title: reading.text(product?.title, `${field}.product.title`),
    quantityOrdered: orderedOf(reading, raw, field, fulfilled, open),
    quantityFulfilled: fulfilled,
    quantityUnfulfilled: open,
    ...moneyOf(context, raw, field),
    taxByMarketplace: byMarketplace(given, raw),
    customizationUrl: reading.text(
      product?.customization?.customizedUrl,
      `${field}.product.customization.customizedUrl`,
    ),
    giftMessage: reading.text(gift?.giftMessage, `${giftField}.giftMessage`),
    giftWrapLevel: reading.text(gift?.giftWrapLevel, `${giftField}.giftWrapLevel`),
    iossNumber: reading.text(
      shipping?.iossNumber,
      `${field}.fulfillment.shipping.internationalShipping.iossNumber`,
    ),
    programmes: reading.texts(raw.programs, `${field}.programs`),
    request: requestOf(context, raw, field),
    cancelled: cancelledOf(context, raw, field),
  };
}
