import { toDecimal } from '../../app/domain/money.ts';
import { money } from './orders.ts';

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
export const allOrdersTitles = [
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
export const returnsTitles = [
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
export const tabbed = (titles: readonly string[], row: Readonly<Record<string, string>>) =>
  titles.map((title) => row[title] ?? '').join('\t');

/** The settlement of one currency while it is written. */
export class Payout {
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
