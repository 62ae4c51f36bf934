import type { Source } from './execute.ts';
import { idOf } from './ids.ts';
import { metafieldFields } from './metafield-fields.ts';
import { checkMetafield, metafieldDigest, writeMetafields, type MetafieldInput } from './metafields.ts';
import { orderFields } from './order-fields.ts';
import { visibleOrder } from './order-visible.ts';
import { touch } from './order-writes.ts';
import { fullNamespace, type Call } from './world.ts';

interface SetInput extends MetafieldInput {
  readonly ownerId: string;
  readonly key: string;
  readonly value: string;
  readonly compareDigest?: string | null;
}

const most = 25;

function problem(code: string, message: string, i: number, field: string): Source {
  return { code, message, elementIndex: i, field: ['metafields', String(i), field] };
}

function check(input: SetInput, i: number, call: Call) {
  const order = visibleOrder(call, idOf('Order', input.ownerId));
  if (!order) return problem('INVALID', 'Owner does not exist.', i, 'ownerId');
  const own = order.metafields.find(
    (one) => one.namespace === fullNamespace(input.namespace) && one.key === input.key,
  );
  const digest = own ? metafieldDigest(own.value) : null;
  if (input.compareDigest !== undefined && input.compareDigest !== digest)
    return problem('STALE_OBJECT', 'The resource has been updated since it was loaded.', i, 'compareDigest');
  const checked = checkMetafield(call.world, call.shop, input, order.id);
  return 'unique' in checked ? { order, checked } : problem(checked.code, checked.message, i, checked.field);
}

/** `metafieldsSet`, for orders: all or nothing, at most 25 at once, guarded by `compareDigest` where one is given. */
export function metafieldsSet(
  { metafields }: { readonly metafields: readonly SetInput[] },
  call: Call,
): Source {
  if (metafields.length > most)
    return {
      metafields: null,
      userErrors: [
        problem('LESS_THAN_OR_EQUAL_TO', `Exceeded the maximum of ${String(most)}.`, most, 'ownerId'),
      ],
    };
  const results = metafields.map((input, i) => check(input, i, call));
  const errors = results.filter((one) => !('checked' in one));
  if (errors.length > 0) return { metafields: null, userErrors: errors };
  const written = results.flatMap((one) => {
    if (!('checked' in one) || !('order' in one)) return [];
    const { order, checked } = one as Extract<typeof one, { checked: unknown }>;
    const [record] = writeMetafields(call.world, call.shop, order, [checked]);
    touch(call, order, 'metafieldsSet');
    return record ? [metafieldFields(record, () => orderFields(order, call))] : [];
  });
  return { metafields: written, userErrors: [] };
}
