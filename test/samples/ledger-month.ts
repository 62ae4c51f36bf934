import type { AmazonLine, AmazonOrder } from '../../app/domain/amazon-order.ts';
import type { CommandArgs } from '../../app/domain/command.ts';
import { amazonOrderId, amazonOrderItemId } from '../../app/domain/ids.ts';
import type { KeptRefund, ShopifyMoney } from '../../app/domain/ledger-facts.ts';
import { toDecimal } from '../../app/domain/money.ts';
import { lineOf, money, orderOf, proceedsOf } from './orders.ts';

/** The moment at which the month is looked at (ms UTC). */
export const monthEnd = Date.UTC(2026, 10, 30, 12);
const hour = 3_600_000;
const day = 24 * hour;

/** An order as the loop would have left it, with its own refunds on Amazon. */
export interface PlantedOrder {
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

interface Place {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly taxPercent: number;
  readonly included: boolean;
}
const us: Place = {
  id: 'ATVPDKIKX0DER',
  name: 'Amazon.com',
  currency: 'USD',
  taxPercent: 8,
  included: false,
};
const de: Place = {
  id: 'A1PA6795UKMFR9',
  name: 'Amazon.de',
  currency: 'EUR',
  taxPercent: 19,
  included: true,
};
const jp: Place = {
  id: 'A1VC38T7YXB528',
  name: 'Amazon.co.jp',
  currency: 'JPY',
  taxPercent: 0,
  included: true,
};
const ca: Place = {
  id: 'A2EUQ1WTGCTBG2',
  name: 'Amazon.ca',
  currency: 'CAD',
  taxPercent: 0,
  included: false,
};

function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const iso = (at: number) => new Date(at).toISOString();
const settlementTitles = [
  ...[
    'settlement-id',
    'settlement-start-date',
    'settlement-end-date',
    'deposit-date',
    'total-amount',
    'currency',
  ],
  ...[
    'transaction-type',
    'order-id',
    'merchant-order-id',
    'adjustment-id',
    'shipment-id',
    'marketplace-name',
  ],
  ...['amount-type', 'amount-description', 'amount', 'fulfillment-id', 'posted-date', 'posted-date-time'],
  ...[
    'order-item-code',
    'merchant-order-item-id',
    'merchant-adjustment-item-id',
    'sku',
    'quantity-purchased',
    'promotion-id',
  ],
];
const allOrdersTitles = [
  ...[
    'amazon-order-id',
    'merchant-order-id',
    'purchase-date',
    'last-updated-date',
    'order-status',
    'fulfillment-channel',
  ],
  ...[
    'sales-channel',
    'product-name',
    'sku',
    'asin',
    'item-status',
    'quantity',
    'currency',
    'item-price',
    'item-tax',
  ],
  ...[
    'shipping-price',
    'shipping-tax',
    'gift-wrap-price',
    'gift-wrap-tax',
    'item-promotion-discount',
    'ship-promotion-discount',
  ],
  ...['ship-city', 'ship-state', 'ship-postal-code', 'ship-country', 'promotion-ids'],
];
const returnsTitles = [
  ...[
    'Order ID',
    'Order date',
    'Return request date',
    'Return request status',
    'Amazon RMA ID',
    'Currency code',
    'ASIN',
  ],
  ...['Merchant SKU', 'Item Name', 'Return quantity', 'Order Amount', 'Refunded Amount'],
];
const tabbed = (titles: readonly string[], row: Readonly<Record<string, string>>) =>
  titles.map((title) => row[title] ?? '').join('\t');

/** The settlement of one currency while it is written. */
class Payout {
  readonly id: string;
  readonly rows: string[] = [];
  sum = 0;
  readonly currency: string;

  constructor(id: string, currency: string) {
    this.id = id;
    this.currency = currency;
  }

  text(amount: number): string {
    const plain = toDecimal(money(amount, this.currency));
    return this.currency === 'EUR' ? plain.replace('.', ',') : plain;
  }

  add(
    type: string,
    amountType: string,
    description: string,
    amount: number,
    more: Record<string, string>,
  ): void {
    if (amount === 0) return;
    this.sum += amount;
    const row = {
      'settlement-id': this.id,
      'transaction-type': type,
      'amount-type': amountType,
      'amount-description': description,
      amount: this.text(amount),
      ...more,
    };
    this.rows.push(tabbed(settlementTitles, row));
  }

  file(): string {
    const head = {
      'settlement-id': this.id,
      'settlement-start-date': '2026-11-01T00:00:00+00:00',
      'settlement-end-date': '2026-11-30T00:00:00+00:00',
      'deposit-date': '2026-12-02T00:00:00+00:00',
      'total-amount': this.text(this.sum),
      currency: this.currency,
    };
    return `${[settlementTitles.join('\t'), tabbed(settlementTitles, head), ...this.rows].join('\n')}\n`;
  }
}

/** One order while its month is written. */
class Draft {
  readonly id: string;
  readonly at: number;
  readonly place: Place;
  readonly net: number;
  readonly tax: number;
  readonly sku: string;
  lines: AmazonLine[];
  status: AmazonOrder['status'] = 'shipped';
  total: number | null;
  currency: string;
  shopTotal: number;
  shopCurrency: string;
  inShopify = true;
  cancelledAt: number | null = null;
  readonly refunds: KeptRefund[] = [];
  readonly sent: { key: string; at: number; args: CommandArgs['refund_amazon'] }[] = [];
  /** Minor units that the settlement pays less for the sale. */
  short = 0;
  settled = true;
  paidIn: string;
  readonly n: number;

  constructor(n: number, place: Place, at: number, price: number) {
    this.n = n;
    this.id = `902-${String(Math.floor(n / 1e6) + 1).padStart(7, '0')}-${String(n % 1e6).padStart(7, '0')}`;
    this.at = at;
    this.place = place;
    this.tax = place.included
      ? price - Math.round((price * 100) / (100 + place.taxPercent))
      : Math.round((price * place.taxPercent) / 100);
    this.net = place.included ? price - this.tax : price;
    this.sku = `SKU-${String(n % 500)}`;
    this.currency = place.currency;
    this.paidIn = place.currency;
    this.total = this.gross;
    this.shopTotal = this.gross;
    this.shopCurrency = place.currency;
    this.lines = [this.line(1)];
  }

  get gross(): number {
    return this.net + this.tax;
  }

  line(no: number, changes: Partial<AmazonLine> = {}): AmazonLine {
    const { place, currency } = this;
    const item = place.included ? this.gross : this.net;
    return lineOf({
      orderItemId: amazonOrderItemId(`1${String(this.n).padStart(10, '0')}${String(no).padStart(3, '0')}`),
      sku: no === 1 ? this.sku : `${this.sku}-${String(no)}`,
      quantityFulfilled: 1,
      quantityUnfulfilled: 0,
      unitPrice: money(item, currency),
      proceeds: proceedsOf({ currency, item, itemTax: this.tax }),
      taxByMarketplace: place === us,
      ...changes,
    });
  }

  refund(amount: number, at: number, changes: Partial<KeptRefund> = {}): void {
    const no = this.refunds.length + 1;
    const id = `gid://shopify/Refund/${String(this.n)}${String(no)}`;
    this.refunds.push({ id, at, key: null, amount, lines: [], ...changes });
  }
}

type Say = (kind: string, state: string, why: string) => void;
interface Sources {
  readonly back: (
    draft: Draft,
    amount: number,
    at: number,
    options?: { tax?: number; currency?: string; kind?: string; id?: string },
  ) => string;
  readonly paidBack: (draft: Draft, amount: number, at: number, own?: string) => void;
  readonly returned: (draft: Draft, amount: number, at: number) => void;
  readonly reportCancelled: (draft: Draft) => void;
}
type Trouble = (draft: Draft, say: Say, sources: Sources) => void;

const half = (amount: number) => Math.floor(amount / 2);
function cancel(draft: Draft): void {
  draft.status = 'cancelled';
  draft.settled = false;
  draft.lines = [draft.line(1, { quantityFulfilled: 0, cancelled: { by: 'BUYER', reason: null } })];
}

/** The kinds of trouble; each says what a ledger must say of it. Orders with `old` refunds were made early in the month. */
const troubles: Readonly<Record<string, Trouble>> = {
  void_both(draft, say) {
    cancel(draft);
    draft.cancelledAt = draft.at + hour;
    draft.refund(draft.gross, draft.at + hour);
    say('void', 'in_step', 'void');
  },
  void_without_total(draft, say) {
    cancel(draft);
    draft.total = null;
    draft.cancelledAt = draft.at + hour;
    draft.refund(draft.gross, draft.at + hour);
    say('void', 'in_step', 'void');
  },
  void_amazon_only(draft, say) {
    cancel(draft);
    say('void', 'different', 'refund_missing_shopify');
  },
  void_shopify_only(draft, say) {
    draft.status = 'unshipped';
    draft.settled = false;
    draft.lines = [draft.line(1, { quantityFulfilled: 0, quantityUnfulfilled: 1 })];
    draft.cancelledAt = draft.at + hour;
    draft.refund(draft.gross, draft.at + hour);
    say('void', 'different', 'refund_missing_amazon');
  },
  void_reported(draft, say, { reportCancelled }) {
    troubles['void_shopify_only']?.(draft, () => undefined, {} as Sources);
    reportCancelled(draft);
    say('void', 'in_step', 'void');
  },
  void_line(draft, say) {
    const gone = draft.line(2, { quantityFulfilled: 0, cancelled: { by: 'MERCHANT', reason: null } });
    draft.lines = [draft.line(1), gone];
    draft.total = draft.n % 2 === 0 ? draft.gross : 2 * draft.gross;
    draft.shopTotal = 2 * draft.gross;
    draft.refund(draft.gross, draft.at + day, { lines: [{ item: gone.orderItemId, amount: draft.gross }] });
    say('void', 'in_step', 'void');
  },
  refund_both(draft, _say, { back, paidBack }) {
    back(draft, half(draft.gross), draft.at + 4 * day);
    draft.refund(half(draft.gross), draft.at + 5 * day);
    paidBack(draft, half(draft.gross), draft.at + 4 * day);
  },
  refund_entered(draft, _say, { back }) {
    const id = back(draft, half(draft.gross), draft.at + 4 * day, { kind: 'GuaranteeClaim' });
    draft.refund(half(draft.gross), draft.at + 5 * day, { key: `refund_shopify:${draft.id}:move:${id}` });
  },
  refund_own(draft, _say, { back, paidBack }) {
    // Two of the same amount: which is which is told by our own number.
    draft.refund(half(draft.gross), draft.at + 4 * day);
    draft.refund(half(draft.gross), draft.at + 5 * day);
    draft.refunds.forEach((refund, i) => {
      const adjustmentId = `C${String(draft.n)}-${String(i)}`;
      const fact = `refund:${refund.id.split('/').at(-1) ?? ''}`;
      draft.sent.push({
        key: `refund_amazon:${draft.id}:${fact}`,
        at: refund.at + hour,
        args: {
          reason: 'GeneralAdjustment',
          currency: draft.currency,
          items: [
            {
              orderItemId: draft.lines[0]?.orderItemId ?? '',
              adjustmentId,
              components: { principal: half(draft.gross) },
            },
          ],
        },
      });
      back(draft, half(draft.gross), refund.at + 2 * hour);
      paidBack(draft, half(draft.gross), refund.at + 2 * hour, adjustmentId);
    });
  },
  refund_two_for_one(draft, _say, { back }) {
    back(draft, 300, draft.at + 4 * day);
    draft.refund(100, draft.at + 5 * day);
    draft.refund(200, draft.at + 5 * day + hour);
  },
  refund_amazon_only(draft, say, { back, paidBack }) {
    back(draft, half(draft.gross), draft.at + 4 * day);
    paidBack(draft, half(draft.gross), draft.at + 4 * day);
    say('refund', 'different', 'refund_missing_shopify');
  },
  refund_shopify_late(draft, say) {
    draft.refund(half(draft.gross), monthEnd - 20 * hour);
    say('refund', 'waiting', 'waiting');
  },
  refund_shopify_only(draft, say) {
    draft.refund(half(draft.gross), draft.at + 4 * day);
    say('refund', 'different', 'refund_missing_amazon');
  },
  refund_settled_only(draft, _say, { paidBack }) {
    draft.refund(half(draft.gross), draft.at + 4 * day);
    paidBack(draft, half(draft.gross), draft.at + 4 * day);
  },
  refund_in_settlement_alone(draft, say, { paidBack }) {
    paidBack(draft, half(draft.gross), draft.at + 4 * day);
    say('refund', 'different', 'refund_missing_shopify');
  },
  refund_returned(draft, _say, { returned }) {
    draft.refund(half(draft.gross), draft.at + 4 * day);
    returned(draft, half(draft.gross), draft.at + 3 * day);
  },
  rounding_total(draft, say) {
    draft.shopTotal -= 1;
    say('sale', 'different', 'rounding');
  },
  rounding_refund(draft, say, { back }) {
    back(draft, half(draft.gross), draft.at + 4 * day);
    draft.refund(half(draft.gross) - 1, draft.at + 4 * day);
    say('refund', 'different', 'rounding');
  },
  tax_total(draft, say) {
    draft.shopTotal -= draft.tax;
    say('sale', 'different', 'tax_treatment');
  },
  tax_refund(draft, say, { back }) {
    back(draft, draft.gross, draft.at + 4 * day, { tax: draft.tax });
    draft.refund(draft.net, draft.at + 4 * day);
    say('refund', 'different', 'tax_treatment');
  },
  currency_order(draft, say) {
    draft.shopCurrency = 'GBP';
    say('sale', 'different', 'currency');
  },
  currency_refund(draft, say, { back }) {
    back(draft, half(draft.gross), draft.at + 4 * day, { currency: 'GBP' });
    draft.refund(half(draft.gross), draft.at + 4 * day);
    say('refund', 'different', 'currency');
  },
  totals(draft, say) {
    draft.shopTotal -= half(draft.gross);
    say('sale', 'different', 'totals');
  },
  settlement_short(draft, say) {
    draft.short = half(draft.gross);
    say('sale', 'different', 'settlement');
  },
  not_in_shopify(draft, say) {
    draft.inShopify = false;
    say('sale', 'different', 'not_in_shopify');
  },
  not_known(draft, say) {
    draft.total = null;
    say('sale', 'not_known', 'not_known');
  },
};

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
