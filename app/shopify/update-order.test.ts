import { describe, expect, it } from 'vitest';
import { orderOf } from '../../test/samples/orders.ts';
import type { AmazonOrder } from '../domain/amazon-order.ts';
import { fail, ok, type Failure } from '../domain/failure.ts';
import { shopDomain, shopifyOrderId } from '../domain/ids.ts';
import type { AdminClient } from './client.ts';
import { createThrottle } from './throttle.ts';
import { updateOrder } from './update-order.ts';

const id = shopifyOrderId('gid://shopify/Order/1');
const given = { address: 'a', dates: 'd', quantities: 'q' };
type Parts = Parameters<typeof updateOrder>[3]['parts'];

/** Runs an update against a shop that has these attributes, and answers what was written and what came of it. */
async function run(
  parts: Parts,
  options: {
    order?: AmazonOrder;
    without?: readonly string[];
    carried?: Parameters<typeof updateOrder>[3]['carried'];
    there?: readonly { key: string; value: string | null }[];
    unread?: Failure;
    errors?: readonly object[];
  } = {},
) {
  const written: unknown[] = [];
  const client: AdminClient = {
    shop: shopDomain('first.myshopify.com'),
    throttle: createThrottle(),
    run: ({ answer, query }, variables) => {
      if (query.startsWith('query')) {
        if (options.unread) return Promise.resolve(fail(options.unread));
        return Promise.resolve(ok(answer.parse({ order: { customAttributes: options.there ?? [] } })));
      }
      written.push(variables['input']);
      return Promise.resolve(ok(answer.parse({ orderUpdate: { userErrors: options.errors ?? [] } })));
    },
  };
  const { order = orderOf(), without = [], carried = given } = options;
  const result = await updateOrder(client, id, order, { parts, without, carried }, () => true);
  return { input: written[0] as Record<string, unknown> | undefined, result };
}

describe('IMP-12: an order is written anew', () => {
  it('the address as a whole: nothing of the old one stays beside it', async () => {
    const { input, result } = await run(['address']);
    expect(result).toEqual(ok({ kind: 'done' }));
    expect(input).toMatchObject({
      id,
      shippingAddress: {
        firstName: 'Ada King',
        lastName: 'Lovelace',
        company: null,
        address1: '1 Road',
        address2: null,
        city: 'Reno',
        zip: '89501',
        phone: '+1 775 555 0100',
        countryCode: 'US',
        provinceCode: 'NV',
      },
    });
    expect(Object.keys(input ?? {}).sort()).toEqual(['customAttributes', 'id', 'shippingAddress']);
  });

  it('dates alone leave the address alone', async () => {
    const { input } = await run(['dates']);
    expect(input).not.toHaveProperty('shippingAddress');
    expect(input?.['customAttributes']).toContainEqual({ key: 'Ship by', value: '2026-11-23T07:59:59Z' });
  });

  it('IMP-10: an address that was not given is not erased', async () => {
    expect((await run(['address'], { order: orderOf({ recipient: null }) })).input).not.toHaveProperty(
      'shippingAddress',
    );
  });

  it('what others put beside our attributes stays; of ours nothing old does', async () => {
    const there = [
      { key: 'Ship by', value: 'old' },
      { key: 'Deliver from', value: 'gone by now' },
      { key: 'Packed by', value: 'Kim' },
      { key: 'Empty', value: null },
    ];
    const list = (await run(['dates'], { there })).input?.['customAttributes'] as { key: string }[];
    expect(list.filter(({ key }) => key === 'Ship by')).toEqual([
      { key: 'Ship by', value: '2026-11-23T07:59:59Z' },
    ]);
    expect(list.map(({ key }) => key)).not.toContain('Deliver from');
    expect(list.slice(-2)).toEqual([
      { key: 'Packed by', value: 'Kim' },
      { key: 'Empty', value: '' },
    ]);
  });

  it('of what Amazon did not give this time the attributes stay as they are', async () => {
    const there = [
      { key: 'Ship by', value: 'known' },
      { key: 'Delivery instructions', value: 'Ring twice' },
    ];
    const written = async (...without: ('address' | 'dates')[]) => {
      const carried = { ...given, ...Object.fromEntries(without.map((part) => [part, null])) };
      const order = orderOf(without.includes('address') ? { recipient: null } : {});
      const { input } = await run(['dates'], { order, there, carried });
      const list = input?.['customAttributes'] as { key: string; value: string }[];
      return there.map(({ key }) => list.filter((one) => one.key === key).map(({ value }) => value));
    };
    expect(await written('address')).toEqual([['2026-11-23T07:59:59Z'], ['Ring twice']]);
    expect(await written('dates')).toEqual([['known'], []]);
  });

  it('what Shopify refused before is left out', async () => {
    const { input } = await run(['address'], { without: ['phone', 'attributes'] });
    expect(input).toMatchObject({ shippingAddress: { phone: null, city: 'Reno' } });
    expect(input).not.toHaveProperty('customAttributes');
  });

  it('a refusal is data', async () => {
    const errors = [{ field: ['shippingAddress', 'zip'], message: 'Zip is not valid' }];
    expect((await run(['address'], { errors })).result).toEqual(
      ok({ kind: 'refused', refusal: { field: 'shippingAddress.zip', text: 'Zip is not valid' } }),
    );
  });

  it.each<[Failure['kind'], Failure['kind']]>([
    ['unsure', 'retry'],
    ['final', 'retry'],
    ['retry', 'retry'],
    ['reconnect', 'reconnect'],
  ])(
    'PRO-3: where what stands there cannot be read (%s) nothing was written (%s)',
    async (kind, expected) => {
      const unread = { kind, code: 'x', sentence: 'X.', at: null } as Failure;
      const { input, result } = await run(['dates'], { unread });
      expect(input).toBeUndefined();
      expect(result).toMatchObject({ ok: false, failure: { kind: expected } });
    },
  );
});
