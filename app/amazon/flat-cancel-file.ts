import type { AmazonCancelReason } from '../domain/cancel-reason.ts';

/** An order to be cancelled: all its lines, and the reason in Amazon's words. */
export interface FlatCancelRow {
  readonly amazonOrderId: string;
  readonly reason: AmazonCancelReason;
  readonly orderItemIds: readonly string[];
}

const head = [
  [
    'TemplateType=OrderCancellation',
    'Version=1.0/1.0.3',
    'This row for Amazon.com use only.  Do not modify or delete.',
  ],
  ['order-id', 'cancellation-reason-code', 'amazon-order-item-code'],
];

/** A cell holds neither tabs nor line ends. */
const cell = (text: string) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim();

/**
 * The file to be uploaded in Seller Central by hand (CAN-19): a row for every line of every order. Amazon reads it as
 * tab separated text in UTF-8.
 */
export function flatCancelFile(rows: readonly FlatCancelRow[]): string {
  const lines = rows.flatMap(({ amazonOrderId, reason, orderItemIds }) =>
    orderItemIds.map((id) => [amazonOrderId, reason, id].map(cell)),
  );
  return [...head, ...lines].map((cells) => `${cells.join('\t')}\n`).join('');
}
