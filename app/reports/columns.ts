/** Where the columns that are needed stand. Positions count from 0; null where there is no such column. */
export interface Columns {
  /** All names, as they are compared: lower case, words joined by hyphens. */
  readonly names: readonly string[];
  readonly orderId: number;
  readonly orderItemId: number | null;
  readonly sku: number | null;
  readonly purchaseDate: number | null;
  readonly reason: number | null;
  /** The column that says whether the buyer asked; more than one where a file has it under several spellings. */
  readonly asked: readonly number[];
  /** Columns that tell a Japanese order. */
  readonly country: readonly number[];
  /** Columns in which anything may stand, tabs too. */
  readonly freeText: readonly number[];
  /** A spelling of the cancellation column that is not Amazon's own, as it stands in the file. */
  readonly misspelt: string | null;
}

/** Amazon's own name of the optional column. */
export const cancellationColumn = 'is-buyer-requested-cancellation';
// One l is missing in Amazon's own instructions, and the first two words stand there twice.
const askedPattern = /^(is-buyer-)?is-buyer-requested-cancell?ation$/;
const reasonPattern = /^buyer-requested-cancel(l?ation)?-reason$/;
const freeTextPattern =
  /^((buyer|recipient|product|item)-name|ship-(address.*|city|state)|bill-.*|delivery-instructions|gift-.*|customized-.*|purchase-order-number|.*promotion-ids|buyer-requested-.*reason|buyer-identification-.*)$/;

/** A column's name as names are compared. */
export function plainName(name: string): string {
  return name
    .trim()
    .replace(/^["'[]+|["'\]]+$/g, '')
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
}

/** Finds the columns by their names, in whatever order they stand. Null: there is no column of order ids. */
export function findColumns(titles: readonly string[]): Columns | null {
  const names = titles.map(plainName);
  const where = (test: (name: string) => boolean) => names.flatMap((name, i) => (test(name) ? [i] : []));
  const at = (...wanted: string[]) => where((name) => wanted.includes(name))[0] ?? null;
  const orderId = at('order-id', 'amazon-order-id');
  if (orderId === null) return null;
  const asked = where((name) => askedPattern.test(name));
  const misspelt = asked.find((i) => names[i] !== cancellationColumn);
  return {
    names,
    orderId,
    orderItemId: at('order-item-id'),
    sku: at('sku'),
    purchaseDate: at('purchase-date'),
    reason: where((name) => reasonPattern.test(name))[0] ?? null,
    asked,
    country: where((name) => ['sales-channel', 'currency', 'ship-country'].includes(name)),
    freeText: where((name) => freeTextPattern.test(name)),
    misspelt: misspelt === undefined ? null : (titles[misspelt]?.trim() ?? null),
  };
}
