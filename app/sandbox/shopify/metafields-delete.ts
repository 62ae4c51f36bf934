import type { Source } from './execute.ts';
import { idOf } from './ids.ts';
import { removeMetafield } from './metafields.ts';
import { visibleOrder } from './order-visible.ts';
import { touch } from './order-writes.ts';
import type { Call } from './world.ts';

interface Identifier {
  readonly ownerId: string;
  readonly namespace: string;
  readonly key: string;
}

/** `metafieldsDelete`, for orders: null stands for one that was not there. */
export function metafieldsDelete(
  { metafields }: { readonly metafields: readonly Identifier[] },
  call: Call,
): Source {
  const owners = metafields.map(({ ownerId }) => visibleOrder(call, idOf('Order', ownerId)));
  const missing = owners.indexOf(null);
  if (missing !== -1)
    return {
      deletedMetafields: null,
      userErrors: [{ field: ['metafields', String(missing), 'ownerId'], message: 'Owner does not exist.' }],
    };
  const deletedMetafields = metafields.map(({ ownerId, namespace, key }, i) => {
    const order = owners[i];
    if (!order || !removeMetafield(call.shop, order, namespace, key)) return null;
    touch(call, order, 'metafieldsDelete');
    return { ownerId, namespace, key };
  });
  return { deletedMetafields, userErrors: [] };
}
