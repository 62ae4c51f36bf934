import { currencyDecimals, parseMoney, toDecimal } from '../../domain/money.ts';
import type { LocationRecord, VariantRecord } from './records.ts';
import type { ShopState } from './shop-state.ts';

/** A product as `POST /shopify/variants` takes it. Without `inventory` its stock is not tracked. */
export interface VariantInput {
  readonly sku: string;
  readonly barcode?: string;
  readonly title: string;
  /** A decimal in the shop's currency. */
  readonly price: string | number;
  readonly inventory?: number;
  /** Name of the location its stock lies at, made where there is none; default the shop's own. */
  readonly location?: string;
  /** True: a third party runs that location. Counts when the location is made. */
  readonly fulfillmentService?: boolean;
}

function locationOf(shop: ShopState, input: VariantInput, newId: (type: string) => bigint): bigint {
  const [own] = shop.locations;
  const known = shop.locations.find((one) => one.name === input.location);
  const at = input.location === undefined ? own : known;
  if (at) return at.id;
  const made: LocationRecord = {
    id: newId('Location'),
    name: input.location ?? '',
    countryCode: own?.countryCode ?? 'US',
    fulfillmentService: input.fulfillmentService ?? false,
  };
  shop.locations.push(made);
  return made.id;
}

/** Puts products into the shop, each with one variant. Throws for a price that is none in the shop's currency. */
export function addVariants(
  shop: ShopState,
  inputs: readonly VariantInput[],
  newId: (type: string) => bigint,
  now: number,
): VariantRecord[] {
  const priced = inputs.map((input) => ({ input, price: parseMoney(String(input.price), shop.currency) }));
  const wrong = priced.find(({ price }) => price === null || price.rounded);
  if (wrong)
    throw new Error(
      `${JSON.stringify(wrong.input.price)} is no price in ${shop.currency} (${String(currencyDecimals(shop.currency))} decimals)`,
    );
  return priced.flatMap(({ input, price }) => {
    if (!price) return [];
    const variant: VariantRecord = {
      id: newId('ProductVariant'),
      productId: newId('Product'),
      inventoryItemId: newId('InventoryItem'),
      sku: input.sku,
      barcode: input.barcode ?? null,
      title: input.title,
      price: toDecimal(price.money),
      tracked: input.inventory !== undefined,
      inventory: input.inventory ?? 0,
      locationId: locationOf(shop, input, newId),
      createdAt: now,
    };
    shop.variants.set(variant.id, variant);
    shop.skus.add(variant);
    return [variant];
  });
}
