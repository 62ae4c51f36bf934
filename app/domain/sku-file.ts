/** A file of the SKU map has at most so many rows, and so many bytes. */
export const mostSkuRows = 10_000;
export const mostSkuBytes = 4 * 2 ** 20;

/** Why a row says nothing: no SKU, none that can be kept, a number as Excel cuts it, or an SKU that stands there with another variant. */
export type WrongRow = 'no_sku' | 'odd_sku' | 'number' | 'odd_variant' | 'twice';

/** Why a whole file is not taken. */
export type WrongFile =
  'empty' | 'excel' | 'no_text' | 'too_large' | 'too_many' | 'no_columns' | 'open_quote';

/** A row: an SKU, and the variant it shall mean as a person named it (id, SKU or barcode in Shopify); empty: none is named. */
export interface SkuFileRow {
  readonly line: number;
  readonly sku: string;
  readonly variant: string;
  readonly wrong: WrongRow | null;
}

/** What a row would do, before anything is written. */
export type RowOutcome = 'link' | 'unchanged' | 'unknown_sku' | 'unknown_variant' | 'ambiguous';
