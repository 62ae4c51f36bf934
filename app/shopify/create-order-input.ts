import { toDecimal, type Money } from '../domain/money.ts';
import type { DraftLine, DraftShipping, OrderDraft } from '../domain/order-draft.ts';
import { addressInput, type Keep } from './address-input.ts';
import { cut } from './cut.ts';

type Json = Record<string, unknown>;

const bag = (money: Money): Json => {
  const value = { amount: toDecimal(money), currencyCode: money.currency };
  return { shopMoney: value, presentmentMoney: value };
};

/** A tax line with its amount as Amazon gave it; the rate is only told, Shopify does not compute with it. */
function taxLines(tax: Money, base: Money, byMarketplace: boolean | null, included: boolean): Json[] {
  if (tax.amount === 0) return [];
  const net = included ? base.amount - tax.amount : base.amount;
  const rate = net > 0 ? (tax.amount / net).toFixed(4) : '0';
  return [
    {
      title: 'Amazon tax',
      rate,
      priceSet: bag(tax),
      ...(byMarketplace === null ? {} : { channelLiable: byMarketplace }),
    },
  ];
}

function lineInput(line: DraftLine, included: boolean, keep: Keep): Json {
  const base = { amount: line.unitPrice.amount * line.quantity, currency: line.unitPrice.currency };
  // Amazon's id of the line stays: it says which line this is.
  const properties = line.properties.filter(([name]) => keep('properties') || name.startsWith('_'));
  return {
    title: cut(line.title),
    quantity: line.quantity,
    priceSet: bag(line.unitPrice),
    requiresShipping: true,
    ...(line.sku === null ? {} : { sku: cut(line.sku) }),
    ...(line.variantId === null || !keep('variants') ? {} : { variantId: line.variantId }),
    taxLines: taxLines(line.tax, base, line.taxByMarketplace, included),
    properties: properties.map(([name, value]) => ({ name, value })),
  };
}

function shippingInput(line: DraftShipping, included: boolean): Json {
  return {
    title: cut(line.title),
    code: line.code,
    source: 'amazon',
    priceSet: bag(line.price),
    taxLines: taxLines(line.tax, line.price, line.taxByMarketplace, included),
  };
}

function shippedInput(draft: OrderDraft, locationId: string | null): Json {
  if (!draft.shipped) return {};
  if (locationId === null) return { fulfillmentStatus: 'FULFILLED' };
  const parcel = draft.shipped.package;
  return {
    fulfillment: {
      locationId,
      notifyCustomer: false,
      ...(parcel?.carrier ? { trackingCompany: parcel.carrier } : {}),
      ...(parcel?.trackingNumber ? { trackingNumber: parcel.trackingNumber } : {}),
    },
  };
}

/**
 * The variables of `orderCreate` for a draft. No e-mail, phone or customer stands on the order, so that nobody can write
 * to the buyer through it (IMP-4); the address is for the carrier only. `without` names what Shopify refused before.
 */
export function createOrderInput(
  draft: OrderDraft,
  without: readonly string[],
  locationId: string | null,
): Json {
  const keep: Keep = (name) => !without.includes(name);
  const paid = {
    kind: 'SALE',
    status: 'SUCCESS',
    gateway: 'amazon',
    amountSet: bag(draft.total),
    processedAt: new Date(draft.processedAt).toISOString(),
  };
  return {
    order: {
      currency: draft.currency,
      presentmentCurrency: draft.currency,
      processedAt: new Date(draft.processedAt).toISOString(),
      taxesIncluded: draft.taxesIncluded,
      financialStatus: 'PAID',
      sourceName: 'amazon',
      sourceIdentifier: draft.amazonOrderId,
      ...(draft.sourceUrl === null ? {} : { sourceUrl: draft.sourceUrl }),
      tags: ['Amazon'],
      metafields: [{ key: 'order_id', type: 'id', value: draft.amazonOrderId }],
      lineItems: draft.lines.map((line) => lineInput(line, draft.taxesIncluded, keep)),
      shippingLines: draft.shipping.map((line) => shippingInput(line, draft.taxesIncluded)),
      ...(draft.total.amount > 0 ? { transactions: [paid] } : {}),
      ...(keep('attributes')
        ? { customAttributes: draft.attributes.map(([key, value]) => ({ key, value })) }
        : {}),
      ...(draft.poNumber && keep('poNumber') ? { poNumber: draft.poNumber } : {}),
      ...(draft.recipient && keep('address') ? { shippingAddress: addressInput(draft.recipient, keep) } : {}),
      ...shippedInput(draft, keep('location') ? locationId : null),
    },
    options: {
      inventoryBehaviour: draft.takeStock ? 'DECREMENT_IGNORING_POLICY' : 'BYPASS',
      sendReceipt: false,
      sendFulfillmentReceipt: false,
    },
  };
}
