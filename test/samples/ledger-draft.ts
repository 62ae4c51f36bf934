import type { AmazonLine, AmazonOrder } from '../../app/domain/amazon-order.ts';
import type { CommandArgs } from '../../app/domain/command.ts';
import { amazonOrderItemId } from '../../app/domain/ids.ts';
import type { KeptRefund } from '../../app/domain/ledger-facts.ts';
import { lineOf, money, proceedsOf } from './orders.ts';

export interface Place {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly taxPercent: number;
  readonly included: boolean;
}
export const us: Place = {
  id: 'ATVPDKIKX0DER',
  name: 'Amazon.com',
  currency: 'USD',
  taxPercent: 8,
  included: false,
};
export const de: Place = {
  id: 'A1PA6795UKMFR9',
  name: 'Amazon.de',
  currency: 'EUR',
  taxPercent: 19,
  included: true,
};
export const jp: Place = {
  id: 'A1VC38T7YXB528',
  name: 'Amazon.co.jp',
  currency: 'JPY',
  taxPercent: 0,
  included: true,
};
export const ca: Place = {
  id: 'A2EUQ1WTGCTBG2',
  name: 'Amazon.ca',
  currency: 'CAD',
  taxPercent: 0,
  included: false,
};

export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One order while its month is written. */
export class Draft {
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
