import type { Source } from './execute.ts';
import { metafieldsSet } from './metafields-set.ts';
import { orderCreate } from './order-create.ts';
import { orderClose, orderDelete, orderOpen, orderUpdate, tagsAdd, tagsRemove } from './order-writes.ts';

/** Every mutation of the sandbox; all others answer NOT_IMPLEMENTED. */
export const mutations: Source = {
  orderCreate,
  orderUpdate,
  orderDelete,
  orderClose,
  orderOpen,
  tagsAdd,
  tagsRemove,
  metafieldsSet,
};
