import type { AmazonRecipient } from '../domain/amazon-order.ts';

/** Shorter values are no one's, and cutting them out would make a sentence unreadable. */
const shortest = 3;

/**
 * A service's words without what they quote of the buyer: they may name a value they refuse, and nothing of a buyer is
 * kept with a command, a problem or the audit log (SEC-5).
 */
export function withoutBuyer(text: string, recipient: AmazonRecipient | null): string {
  const { addressLines = [], ...rest } = recipient ?? {};
  return [...addressLines, ...Object.values(rest)]
    .filter((value) => value !== null && value.length >= shortest)
    .sort((a, b) => (b?.length ?? 0) - (a?.length ?? 0))
    .reduce<string>((cleaned, value) => cleaned.replaceAll(value ?? '', '…'), text);
}
