import type { Prints } from './carried.ts';
import type { AmazonLine, AmazonOrder, AmazonRecipient } from './amazon-order.ts';

/** What Amazon last said of an order, without anything of its buyer, so that it may be kept. */
export interface Remembered {
  /** When that reading began, ms UTC. */
  readonly readAt: number;
  readonly order: AmazonOrder;
  /** Keyed hashes of what may change later. */
  readonly prints: Prints;
}

/** Grows when the domain's form of an order changes: what older versions kept is then read from Amazon again. */
const form = 2;

/** Says that there is somebody to send to, and not who. */
const somebody: AmazonRecipient = {
  name: null,
  company: null,
  addressLines: [],
  city: null,
  district: null,
  state: null,
  postalCode: null,
  countryCode: null,
  phone: null,
  deliveryInstructions: null,
};

const wordless = (line: AmazonLine): AmazonLine => ({
  ...line,
  customizationUrl: null,
  giftMessage: null,
  request: line.request.state === 'asked' ? { ...line.request, reason: null } : line.request,
  cancelled: line.cancelled && { ...line.cancelled, reason: null },
});

/**
 * The part of a reading that may be kept: no address, no words of the buyer; `prints` are keyed hashes.
 */
export function remember(
  order: AmazonOrder,
  readAt: number,
  prints: Prints,
): Remembered & { readonly form: number } {
  const kept = {
    ...order,
    recipient: order.recipient && somebody,
    businessOrderNumber: null,
    lines: order.lines.map(wordless),
  };
  return { form, readAt, order: kept, prints };
}

/** What was kept, as it comes from the database; null where there is nothing, or it has an older form. */
export function recall(kept: unknown): Remembered | null {
  if (typeof kept !== 'object' || kept === null || !('form' in kept) || kept.form !== form) return null;
  return kept as unknown as Remembered;
}
