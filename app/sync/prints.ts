import type { AmazonReading } from '../domain/decide.ts';
import { carriedTexts, type Prints } from '../domain/carried.ts';
import type { AmazonOrder } from '../domain/amazon-order.ts';
import type { Remembered } from '../domain/remembered.ts';
import type { Vault } from '../lib/crypto.ts';

/** Keyed hashes of what of an order may change later, so that a change is noticed and nothing of a buyer is kept. */
export function printsOf(vault: Vault, order: AmazonOrder): Prints {
  const { address, dates, quantities } = carriedTexts(order);
  const print = (text: string | null) => (text === null ? null : vault.print(text));
  return { address: print(address), dates: print(dates), quantities: print(quantities) };
}

/** The same of a reading: of a remembered one those that were kept with it. */
export function printsOfReading(
  vault: Vault,
  amazon: AmazonReading,
  remembered: Remembered | null,
): Prints | null {
  if (amazon.kind !== 'read') return null;
  return amazon.remembered ? (remembered?.prints ?? null) : printsOf(vault, amazon.order);
}
