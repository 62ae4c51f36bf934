import type { Source } from './execute.ts';
import { gid } from './ids.ts';
import type { VariantRecord } from './records.ts';
import { dateTime } from './times.ts';

/** A product of one variant. */
export function productFields(variant: VariantRecord): Source {
  return {
    __typename: 'Product',
    id: gid('Product', variant.productId),
    legacyResourceId: String(variant.productId),
    title: variant.title,
    handle: `product-${String(variant.productId)}`,
    status: 'ACTIVE',
    vendor: '',
    productType: '',
    tags: [],
    totalInventory: variant.inventory,
    tracksInventory: variant.tracked,
    hasOnlyDefaultVariant: true,
    isGiftCard: false,
    createdAt: dateTime(variant.createdAt),
    updatedAt: dateTime(variant.createdAt),
  };
}

function inventoryItemFields(variant: VariantRecord): Source {
  return {
    __typename: 'InventoryItem',
    id: gid('InventoryItem', variant.inventoryItemId),
    legacyResourceId: String(variant.inventoryItemId),
    sku: variant.sku,
    tracked: variant.tracked,
    requiresShipping: true,
    variant: () => variantFields(variant),
    createdAt: dateTime(variant.createdAt),
    updatedAt: dateTime(variant.createdAt),
  };
}

/** A variant as GraphQL shows it. */
export function variantFields(variant: VariantRecord): Source {
  return {
    __typename: 'ProductVariant',
    id: gid('ProductVariant', variant.id),
    legacyResourceId: String(variant.id),
    sku: variant.sku,
    title: 'Default Title',
    displayName: `${variant.title} - Default Title`,
    barcode: variant.barcode,
    price: variant.price,
    compareAtPrice: null,
    position: 1,
    taxable: true,
    availableForSale: !variant.tracked || variant.inventory > 0,
    inventoryPolicy: 'DENY',
    inventoryQuantity: variant.inventory,
    inventoryItem: () => inventoryItemFields(variant),
    product: () => productFields(variant),
    image: null,
    createdAt: dateTime(variant.createdAt),
    updatedAt: dateTime(variant.createdAt),
  };
}
