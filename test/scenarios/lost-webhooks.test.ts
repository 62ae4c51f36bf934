import { expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ web: true });
const { variants, inShopify, fulfilInShopify, amazonSide } = dealings(world);

const [first, second] = ['131-0000000-0000001', '131-0000000-0000002'] as const;
const quarter = async () => {
  await world.control('POST', '/clock', { advance: 'PT15M' });
  await world.settle(true);
};
const looks = async () =>
  (await world.log('shopify')).filter(({ operation }) => operation === 'orders').length;

/** Orders of now on both sides; from here on no webhook arrives. */
async function placed(...ids: string[]) {
  const now = new Date(Number((await world.control('GET', '/clock'))['now'])).toISOString();
  await variants();
  await world.place(...ids.map((id) => amazonOrder(id, { createdTime: now, lastUpdatedTime: now })));
  await world.settle();
  await world.control('POST', '/faults', { service: 'shopify', match: {}, kind: 'lose-webhook', times: 1e6 });
}

it('PRO-1 FUL-1: a shipment of which no webhook came is found within a quarter of an hour, and told Amazon once', async () => {
  await placed(first);
  await fulfilInShopify(first);
  await world.settle();
  expect(await amazonSide(first)).toMatchObject({ status: 'UNSHIPPED' });
  await quarter();
  expect(await amazonSide(first)).toMatchObject({ status: 'SHIPPED' });
});

it('PRO-1 REF-1: a refund of a shipped order, made unheard in Shopify, goes to Amazon once', async () => {
  await placed(first);
  await world.database.owner(`update shop set settings = settings || '{"refundsOnAmazon":"never"}'`);
  await fulfilInShopify(first);
  await quarter();
  const { id: orderId, transactions } = await inShopify(first);
  const sale = transactions.find(({ kind }) => kind === 'SALE');
  await world.shopify(
    `mutation($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) {
      userErrors { field message } } }`,
    {
      input: {
        orderId,
        note: 'by hand',
        transactions: [
          { orderId, kind: 'REFUND', gateway: sale?.gateway, parentId: sale?.id, amount: '5.00' },
        ],
      },
      key: crypto.randomUUID(),
    },
  );
  await quarter();
  await quarter();
  expect(await amazonSide(first)).toMatchObject({ status: 'SHIPPED', refunds: 1 });
});

it('PRO-1: in a shop where all is known a look wakes nothing, and one that failed is made up for', async () => {
  await placed(first, second);
  await quarter();
  const knocks = () =>
    world.database.owner<{ knocks: number }>('select knocks from amazon_order order by amazon_order_id');
  const before = await knocks();
  const fault = { service: 'shopify', match: { operation: 'orders' }, kind: 'error', status: 500, times: 1 };
  await world.control('POST', '/faults', fault);
  await quarter();
  await quarter();
  expect(await knocks()).toEqual(before);
  await fulfilInShopify(second);
  await quarter();
  expect(await amazonSide(second)).toMatchObject({ status: 'SHIPPED', shipments: 1 });
  expect(await looks()).toBeGreaterThan(3);
});
