import type { AmazonOrder } from '../../app/domain/amazon-order.ts';
import type { CommandArgs } from '../../app/domain/command.ts';
import { amazonOrderId } from '../../app/domain/ids.ts';
import type { ShopifyMoney } from '../../app/domain/ledger-facts.ts';
import { toDecimal } from '../../app/domain/money.ts';
import { ca, de, Draft, jp, random, us, type Place } from './ledger-draft.ts';
import { allOrdersTitles, Payout, returnsTitles, tabbed } from './ledger-papers.ts';
import { monthEnd, troubles, type Say, type Sources } from './ledger-troubles.ts';
import { money, orderOf } from './orders.ts';

const day = 24 * 3_600_000;

/** An order as the loop would have left it, with its own refunds on Amazon. */
interface PlantedOrder {
  readonly order: AmazonOrder;
  /** Null: it is not in Shopify. */
  readonly shopify: ShopifyMoney | null;
  readonly sent: readonly {
    readonly key: string;
    readonly at: number;
    readonly args: CommandArgs['refund_amazon'];
  }[];
}

/** A month of orders with all kinds of trouble, in the words of every source, and what a ledger must say of them. */
export interface PlantedMonth {
  readonly orders: readonly PlantedOrder[];
  /** As Finances show them; some come twice. */
  readonly transactions: readonly unknown[];
  /** A settlement report for each currency; rows come once in each. */
  readonly settlements: readonly { readonly id: string; readonly text: string; readonly rows: number }[];
  readonly allOrders: string;
  readonly returns: string;
  /** `ORDER KIND STATE CLASS` of every entry of which something is to be said. */
  readonly truth: ReadonlySet<string>;
  readonly cases: Readonly<Record<string, number>>;
}

const iso = (at: number) => new Date(at).toISOString();
function pick(n: number, next: () => number): Place {
  if (n % 50 === 7) return ca;
  const at = next();
  return at < 0.7 ? us : at < 0.9 ? de : jp;
}

/** Plants a month of so many orders; about four in ten have trouble. The same seed plants the same. */
export function plantMonth(count: number, seed = 1): PlantedMonth {
  const next = random(seed);
  const names = Object.keys(troubles);
  const truth = new Set<string>();
  const cases: Record<string, number> = {};
  const payouts = new Map(
    ['USD', 'EUR', 'JPY'].map((one, i) => [one, new Payout(`1280000000${String(i)}`, one)]),
  );
  const transactions: unknown[] = [];
  const reported: string[] = [];
  const returns: string[] = [];
  const orders: PlantedOrder[] = [];
  const feeOf = (amount: number) => -Math.round(amount * 0.15);

  const transaction = (
    draft: Draft,
    type: string,
    id: string,
    at: number,
    parts: Record<string, number>,
    currency: string,
  ) => {
    const amount = (minor: number) => ({
      currencyAmount: Number(toDecimal(money(minor, currency))),
      currencyCode: currency,
    });
    const leaf = (breakdownType: string, minor: number) => ({
      breakdownType,
      breakdownAmount: amount(minor),
      breakdowns: [],
    });
    const groups = {
      Principal: 'ProductCharges',
      Tax: 'Tax',
      Commission: 'AmazonFees',
      Withheld: 'MarketplaceWithheldTax',
    };
    const leaves = {
      Principal: 'OurPricePrincipal',
      Tax: 'OurPriceTax',
      Commission: 'Commission',
      Withheld: 'MarketplaceFacilitatorTax',
    };
    const named = (Object.keys(groups) as (keyof typeof groups)[]).filter((name) => (parts[name] ?? 0) !== 0);
    transactions.push({
      transactionId: id,
      transactionType: type,
      postedDate: iso(at),
      totalAmount: amount(Object.values(parts).reduce((sum, one) => sum + one, 0)),
      relatedIdentifiers: [{ relatedIdentifierName: 'ORDER_ID', relatedIdentifierValue: draft.id }],
      items: [
        {
          contexts: [{ sku: draft.sku }],
          breakdowns: named.map((name) => ({
            ...leaf(groups[name], parts[name] ?? 0),
            breakdowns: [leaf(leaves[name], parts[name] ?? 0)],
          })),
        },
      ],
    });
    // Finances are swept with an overlap.
    if (next() < 0.1) transactions.push(transactions.at(-1));
  };
  const paidOut = (draft: Draft) => payouts.get(draft.paidIn);
  const sources: Sources = {
    back(
      draft,
      amount,
      at,
      {
        tax = 0,
        currency = draft.currency,
        kind = 'Refund',
        id = `T-${String(draft.n)}-${String(transactions.length)}`,
      } = {},
    ) {
      transaction(
        draft,
        kind,
        id,
        at,
        { Principal: tax - amount, Tax: -tax, Commission: -feeOf(amount) },
        currency,
      );
      return id;
    },
    paidBack(draft, amount, at, own = '') {
      const payout = paidOut(draft);
      const more = {
        'order-id': draft.id,
        'marketplace-name': draft.place.name,
        'adjustment-id': `A${String(draft.n)}${String(at % 1_000_003)}`,
        'merchant-adjustment-item-id': own,
        'posted-date-time': iso(at),
        sku: draft.sku,
      };
      payout?.add('Refund', 'ItemPrice', 'Principal', -amount, more);
      payout?.add('Refund', 'ItemFees', 'Commission', -feeOf(amount), more);
    },
    returned(draft, amount, at) {
      const row = {
        'Order ID': draft.id,
        'Return request date': iso(at).slice(0, 10),
        'Return request status': 'Completed',
        'Amazon RMA ID': `D${String(draft.n)}RMA`,
        'Currency code': draft.currency,
        ASIN: 'B000000001',
        'Merchant SKU': draft.sku,
        'Item Name': 'Größe "M", blau',
        'Return quantity': '1',
        'Refunded Amount': toDecimal(money(amount, draft.currency)),
      };
      returns.push(tabbed(returnsTitles, row));
    },
    reportCancelled(draft) {
      report(draft, 'Cancelled', draft.at + 2 * day);
    },
  };
  const report = (draft: Draft, status: string, at: number) => {
    const row = {
      'amazon-order-id': draft.id,
      'purchase-date': iso(draft.at),
      'last-updated-date': iso(at),
      'order-status': status,
      'fulfillment-channel': 'Merchant',
      'sales-channel': draft.place.name,
      'product-name': 'Blue mug',
      sku: draft.sku,
      asin: 'B000000001',
      'item-status': status,
      quantity: '1',
      currency: draft.currency,
      'item-price': status === 'Cancelled' ? '' : toDecimal(money(draft.net, draft.currency)),
      'item-tax': toDecimal(money(draft.tax, draft.currency)),
      'ship-city': 'TESTVILLE',
    };
    reported.push(tabbed(allOrdersTitles, row));
    // Reports have the same line twice now and then.
    if (next() < 0.05) reported.push(reported.at(-1) ?? '');
  };

  for (let n = 0; n < count; n += 1) {
    const name = n % 5 < 2 ? (names[Math.floor(n / 5) % names.length] ?? '') : 'clean';
    // What is to be seen of refunds happens days after the order.
    const at = monthEnd - (name === 'clean' ? 3 + 25 * next() : 12 + 16 * next()) * day;
    const place = pick(n, next);
    const own = name.startsWith('tax') && place.taxPercent === 0 ? us : place;
    const draft = new Draft(n, own, Math.round(at / 1000) * 1000, 1_000 + Math.floor(20_000 * next()));
    if (draft.place === ca) draft.paidIn = 'USD';
    cases[name] = (cases[name] ?? 0) + 1;
    const said: string[] = [];
    const say: Say = (kind, state, why) => said.push(`${draft.id} ${kind} ${state} ${why}`);
    troubles[name]?.(draft, say, sources);
    const settles = draft.settled && draft.at < monthEnd - 10 * day;
    if (draft.status === 'shipped') {
      const withheld = draft.place === us ? -draft.tax : 0;
      const parts = {
        Principal: draft.net,
        Tax: draft.tax,
        Commission: feeOf(draft.net),
        Withheld: withheld,
      };
      transaction(draft, 'Shipment', `T-${String(n)}`, draft.at + day, parts, draft.currency);
      report(draft, 'Shipped', draft.at + day);
      if (settles) {
        const payout = paidOut(draft);
        const more = {
          'order-id': draft.id,
          'marketplace-name': draft.place.name,
          'posted-date-time': iso(draft.at + day),
          'order-item-code': draft.lines[0]?.orderItemId ?? '',
          sku: draft.sku,
          'quantity-purchased': '1',
        };
        payout?.add('Order', 'ItemPrice', 'Principal', draft.net - draft.short, more);
        payout?.add('Order', 'ItemPrice', 'Tax', draft.tax, more);
        payout?.add('Order', 'ItemFees', 'Commission', feeOf(draft.net), more);
        payout?.add('Order', 'ItemWithheldTax', 'MarketplaceFacilitatorTax-Principal', withheld, more);
      }
      // Paid out at Amazon's rate, in another currency than the order's: said, and not compared.
      const sale = said.some((one) => one.includes(' sale '));
      if (settles && draft.paidIn !== draft.currency && !sale) say('sale', 'in_step', 'currency');
    }
    for (const one of said) truth.add(one);
    const total = draft.total;
    orders.push({
      order: orderOf({
        id: amazonOrderId(draft.id),
        marketplaceId: draft.place.id,
        marketplaceName: draft.place.name,
        createdAt: draft.at,
        updatedAt: draft.at + day,
        status: draft.status,
        total: total === null ? null : money(total, draft.currency),
        lines: draft.lines,
      }),
      shopify: draft.inShopify
        ? {
            currency: draft.shopCurrency,
            total: draft.shopTotal,
            cancelledAt: draft.cancelledAt,
            refunds: draft.refunds,
          }
        : null,
      sent: draft.sent,
    });
  }
  // What belongs to no order, and one row of an order that nobody knows.
  const dollars = payouts.get('USD');
  dollars?.add('other-transaction', 'other-transaction', 'Subscription Fee', -3999, {});
  dollars?.add('Order', 'ItemPrice', 'Principal', 1900, {
    'order-id': '701-0000009-0000009',
    'posted-date-time': '2026-11-02T00:00:00+00:00',
  });
  return {
    orders,
    transactions,
    settlements: [...payouts.values()].map((one) => ({
      id: one.id,
      text: one.file(),
      rows: one.rows.length,
    })),
    allOrders: `${[allOrdersTitles.join('\t'), ...reported].join('\n')}\n`,
    returns: `${[returnsTitles.join('\t'), ...returns].join('\n')}\n`,
    truth,
    cases,
  };
}
