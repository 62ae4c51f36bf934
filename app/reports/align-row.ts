import { fileSaying, type FileSaying } from '../domain/file-saying.ts';
import type { Columns } from './columns.ts';

/** A row with as many fields as there are columns, in their order. */
export type Aligned =
  | { readonly is: 'aligned'; readonly fields: readonly string[] }
  /** Which field belongs to which column cannot be told; `orderId` where it is certain all the same. */
  | { readonly is: 'broken'; readonly orderId: string | null; readonly says: FileSaying };

/** Amazon's order ids: three signs, seven digits, seven digits. */
export const orderIdPattern = /^[A-Z0-9]{3}-\d{7}-\d{7}$/;

/** What columns hold by their names; an empty field is always right. */
const shapes: readonly (readonly [name: RegExp, shape: RegExp])[] = [
  [/^(amazon-)?order-id$/, orderIdPattern],
  [/^order-item-id$/, /^\d{6,20}$/],
  [/^(is-(?!buyer-is)|verge-of-).*/, /^(true|false|yes|no|y|n|0|1)$/i],
  [/-date$/, /^\d{4}-\d\d-\d\d/],
  [/^(quantity-.*|number-of-items|days-past-promise)$/, /^-?\d+$/],
  [/^(item|shipping|gift-wrap)-(price|tax)$/, /^-?[\d.,]+$/],
  [/^currency$/, /^[A-Z]{3}$/],
  [/^ship-country$/, /^[A-Z]{2}$/i],
  [/^buyer-email$/, /@/],
];

const shapeOf = (name: string) => shapes.find(([names]) => names.test(name))?.[1] ?? null;

function fits(fields: readonly string[], columns: Columns): boolean {
  return fields.every((field, i) => {
    const text = field.trim();
    return text === '' || (shapeOf(columns.names[i] ?? '')?.test(text) ?? true);
  });
}

/** The row if all its surplus tabs stand in the text of the column at `text`. */
function withTabsIn(fields: readonly string[], text: number, surplus: number): string[] {
  const joined = fields.slice(text, text + surplus + 1).join('\t');
  return [...fields.slice(0, text), joined, ...fields.slice(text + surplus + 1)];
}

/** What must not be mistaken: where two ways to read a row agree on this, it does not matter which one is right. */
function essence(fields: readonly string[], columns: Columns): string {
  const { orderId, orderItemId, purchaseDate, asked } = columns;
  return JSON.stringify([orderId, orderItemId, purchaseDate, ...asked].map((i) => i !== null && fields[i]));
}

/** The order id of a row whose other fields cannot be trusted: only from in front of all free text. */
function certainId(fields: readonly string[], columns: Columns): string | null {
  const before = columns.freeText.every((text) => columns.orderId < text);
  const id = fields[columns.orderId]?.trim() ?? '';
  return before && orderIdPattern.test(id) ? id : null;
}

function alignWide(fields: readonly string[], columns: Columns, line: number): Aligned {
  const wanted = columns.names.length;
  const readings = columns.freeText
    .map((text) => withTabsIn(fields, text, fields.length - wanted))
    .filter((reading) => fits(reading, columns));
  const [one, ...more] = readings;
  if (!one || more.some((other) => essence(other, columns) !== essence(one, columns)))
    return {
      is: 'broken',
      orderId: certainId(fields, columns),
      says: fileSaying('line_width', { line, found: fields.length, wanted }),
    };
  const certain = one.map((field, i) => (more.every((other) => other[i] === field) ? field : ''));
  return { is: 'aligned', fields: certain };
}

/**
 * Brings the fields of line `line` in step with the columns. Texts may hold tabs: then the row is too wide, and is read in
 * every way that puts the surplus into one text and leaves dates, numbers and ids where they belong. If these ways agree on
 * ids and on what was asked, the row is whole, without the texts they do not agree on; else it is broken, as one that is
 * too short.
 */
export function alignRow(fields: readonly string[], columns: Columns, line: number): Aligned {
  const wanted = columns.names.length;
  if (fields.length === wanted) return { is: 'aligned', fields };
  if (fields.length === wanted + 1 && fields.at(-1) === '')
    return { is: 'aligned', fields: fields.slice(0, -1) };
  if (fields.length > wanted) return alignWide(fields, columns, line);
  const says = fileSaying('line_width', { line, found: fields.length, wanted });
  return { is: 'broken', orderId: certainId(fields, columns), says };
}
