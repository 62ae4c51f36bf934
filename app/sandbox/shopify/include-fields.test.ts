import { expect, it } from 'vitest';
import { onlyFields } from './include-fields.ts';

const payload = {
  id: 9007199254740993n,
  name: '#1001',
  fulfillment_order: { id: 'gid', status: 'open' },
  line_items: [
    { id: 1, sku: 'A' },
    { id: 2, sku: 'B' },
  ],
  note: null,
};

it('leaves only the named fields, however deep', () => {
  expect(onlyFields(payload, ['id', 'fulfillment_order.id', 'line_items.sku', 'note'])).toEqual({
    id: 9007199254740993n,
    fulfillment_order: { id: 'gid' },
    line_items: [{ sku: 'A' }, { sku: 'B' }],
    note: null,
  });
});

it('leaves nothing where no field is there', () => {
  expect(onlyFields(payload, ['unknown', 'name.first'])).toEqual({ name: '#1001' });
});
