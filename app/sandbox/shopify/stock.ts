import type { LineRecord } from './records.ts';
import type { ShopState } from './shop-state.ts';
import { path, type UserError } from './user-errors.ts';
import type { Call } from './world.ts';

/**
 * Takes the units of an order from stock as `inventoryBehaviour` says; all or nothing. Variants whose stock is not
 * tracked have none to take.
 */
export function claimStock(
  shop: ShopState,
  lines: readonly LineRecord[],
  behaviour: 'BYPASS' | 'DECREMENT_IGNORING_POLICY' | 'DECREMENT_OBEYING_POLICY',
): { readonly lines: LineRecord[] } | { readonly error: UserError } {
  if (behaviour === 'BYPASS') return { lines: [...lines] };
  const wanted = new Map<bigint, number>();
  for (const line of lines)
    if (line.variantId !== null)
      wanted.set(line.variantId, (wanted.get(line.variantId) ?? 0) + line.quantity);
  const claims = [...wanted].flatMap(([id, units]) => {
    const variant = shop.variants.get(id);
    return variant?.tracked === true ? [{ variant, units }] : [];
  });
  const missing = claims.find(({ variant, units }) => variant.inventory < units);
  if (missing && behaviour === 'DECREMENT_OBEYING_POLICY') {
    const i = lines.findIndex((line) => line.variantId === missing.variant.id);
    return {
      error: {
        field: path('order', 'lineItems', i),
        message: 'Unable to reserve inventory',
        code: 'INVENTORY_CLAIM_FAILED',
      },
    };
  }
  for (const { variant, units } of claims) variant.inventory -= units;
  const taken = new Set(claims.map(({ variant }) => variant.id));
  return {
    lines: lines.map((line) =>
      line.variantId !== null && taken.has(line.variantId) ? { ...line, claimed: line.quantity } : line,
    ),
  };
}

/**
 * Puts units of a line back into stock; how many. Variants whose stock is not tracked have none. It does as it is told, also
 * with units that were never taken, unless the switch says otherwise.
 */
export function putBack({ shop, world }: Call, line: LineRecord, units: number): number {
  const variant = line.variantId === null ? undefined : shop.variants.get(line.variantId);
  if (variant?.tracked !== true) return 0;
  const onlyTaken = world.parts.behaviour.get('shopify.restock-of-untaken') === 'ignored';
  const back = onlyTaken ? Math.min(units, line.claimed) : units;
  variant.inventory += back;
  return back;
}
