import { connection, type Connection, type PageArgs } from './connection.ts';
import { idOf } from './ids.ts';
import { notDone } from './not-done.ts';
import type { VariantRecord } from './records.ts';
import { parseSearch, type Search } from './search-syntax.ts';
import type { ShopState } from './shop-state.ts';
import { variantFields } from './variant-fields.ts';
import type { Call } from './world.ts';

function find(search: Search, shop: ShopState): VariantRecord[] {
  if (search.kind === 'all') return [...shop.variants.values()];
  if (search.kind === 'or') return [...new Set(search.parts.flatMap((part) => find(part, shop)))];
  if (search.kind === 'and') {
    const [first, ...others] = search.parts.map((part) => find(part, shop));
    return (first ?? []).filter((variant) => others.every((list) => list.includes(variant)));
  }
  if (search.kind === 'not') {
    const without = new Set(find(search.part, shop));
    return [...shop.variants.values()].filter((variant) => !without.has(variant));
  }
  if (search.field === 'sku') return shop.skus.find(search.value);
  if (search.field === 'barcode')
    return [...shop.variants.values()].filter(
      ({ barcode }) => barcode?.toLowerCase() === search.value.toLowerCase(),
    );
  if (search.field === 'id' && search.op === '=')
    return [...shop.variants.values()].filter((variant) => String(variant.id) === search.value);
  if (search.field === null)
    return [...shop.variants.values()].filter((variant) =>
      `${variant.title}\n${variant.sku}`.toLowerCase().includes(search.value.toLowerCase()),
    );
  throw notDone(`the variant search by ${search.field}`);
}

/** `productVariants`. */
export function productVariants(
  args: PageArgs & { readonly query?: string | null; readonly sortKey?: string | null },
  call: Call,
): Connection {
  const key = args.sortKey ?? 'ID';
  if (key !== 'ID' && key !== 'SKU' && key !== 'RELEVANCE') throw notDone(`the sort key ${key}`);
  return connection(
    find(parseSearch(args.query), call.shop),
    args,
    (variant) => [key === 'SKU' ? variant.sku : null, variant.id],
    (variant) => variantFields(variant),
  );
}

/** `productVariant(id)`. */
export function productVariant(args: { readonly id: string }, call: Call): object | null {
  const id = idOf('ProductVariant', args.id);
  const variant = id === null ? undefined : call.shop.variants.get(id);
  return variant ? variantFields(variant) : null;
}
