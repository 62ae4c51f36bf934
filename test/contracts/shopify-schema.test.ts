import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMutation, orderInput, startShopify, type ShopifyTest } from './shopify-world.ts';

let world: ShopifyTest;
beforeAll(async () => {
  world = await startShopify();
});
afterAll(() => world.close());

const bag = '{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }';
const everything = /* GraphQL */ `
  query Everything($id: ID!) {
    order(id: $id) {
      __typename id legacyResourceId name number sourceName sourceIdentifier registeredSourceUrl tags note poNumber
      customAttributes { key value }
      metafield(namespace: "$app", key: "order_id") { id namespace key type value jsonValue compareDigest owner { __typename } }
      metafields(first: 5) { nodes { key value } edges { cursor node { id } } pageInfo { hasNextPage endCursor } }
      currencyCode presentmentCurrencyCode taxesIncluded test closed closedAt cancelledAt cancelReason
      createdAt updatedAt processedAt email phone customer { id } displayFinancialStatus displayFulfillmentStatus
      totalPriceSet ${bag} currentTotalPriceSet ${bag} subtotalPriceSet ${bag} totalTaxSet ${bag}
      totalShippingPriceSet ${bag} totalRefundedSet ${bag} totalReceivedSet ${bag} totalOutstandingSet ${bag}
      statusPageUrl app { id name } paymentGatewayNames requiresShipping
      lineItems(first: 5) { nodes {
        id sku title name quantity currentQuantity unfulfilledQuantity refundableQuantity requiresShipping taxable
        originalUnitPriceSet ${bag} discountedUnitPriceSet ${bag} originalTotalSet ${bag}
        taxLines { title rate ratePercentage channelLiable priceSet ${bag} }
        variant { id sku } product { id } customAttributes { key value } } }
      shippingLines(first: 5) { nodes { id title code source originalPriceSet ${bag} discountedPriceSet ${bag} taxLines { title } } }
      transactions(first: 5) { id gateway kind status amountSet ${bag} processedAt createdAt receiptJson order { id } }
      shippingAddress { name firstName lastName company address1 address2 city province provinceCode country countryCodeV2 zip phone formatted }
      billingAddress { name }
      fulfillments { id status trackingInfo { company number url } location { id } }
    }
    shop { id name currencyCode enabledPresentmentCurrencies ianaTimezone myshopifyDomain plan { publicDisplayName partnerDevelopment shopifyPlus } primaryDomain { host url } }
    currentAppInstallation { id launchUrl accessScopes { handle description } app { id title } }
    locations(first: 5) { nodes { id name isActive address { countryCode } } }
    location { id name }
    productVariants(first: 5) { nodes { id sku title displayName price inventoryQuantity product { id title } inventoryItem { id tracked requiresShipping } } }
    nodes(ids: [$id]) { id ... on Order { name } }
  }
`;

async function create(more: Record<string, unknown> = {}): Promise<string> {
  const id = `id-${world.log.length}`;
  const { data } = await world.gql(createMutation, { order: orderInput(id, more) });
  return z.string().parse(data['orderCreate']?.['order']?.['id']);
}

describe('the pretend Shopify speaks the official schema', () => {
  it('answers every field it knows in the shape of the schema', async () => {
    world.shopify.addVariants('first.myshopify.com', [{ sku: 'A', title: 'A thing', price: '1.00' }]);
    const id = await create();
    const answer = await world.gql(everything, { id });
    expect(answer.errors).toEqual([]);
    expect(answer.data['order']).toMatchObject({ __typename: 'Order', id, sourceName: 'amazon' });
    expect(answer.data['nodes']).toEqual([{ id, name: answer.data['order']?.['name'] }]);
  });

  it('rejects what the schema does not have', async () => {
    const field = await world.gql('{ orders(first: 1) { nodes { foo } } }');
    expect(field.errors[0]?.extensions?.code).toBe('undefinedField');
    const input = await world.gql(createMutation, { order: orderInput('x', { colour: 'red' }) });
    expect(input.errors[0]?.extensions?.code).toBe('INVALID_VARIABLE');
    const both = 'query Q($i: OrderIdentifierInput!) { orderByIdentifier(identifier: $i) { id } }';
    const identifier = { id: 'gid://shopify/Order/1', customId: { key: 'order_id', value: '1' } };
    expect((await world.gql(both, { i: identifier })).errors[0]?.extensions?.code).toBe('INVALID_VARIABLE');
  });

  it.each([
    ['currency', 'XXQ'],
    ['processedAt', 'yesterday'],
    ['shippingAddress', { countryCode: 'QQ' }],
    ['transactions', [{ amountSet: { shopMoney: { amount: 'ten', currencyCode: 'USD' } } }]],
  ])('rejects a wrong value of %s before anything is made', async (field, value) => {
    const { errors } = await world.gql(createMutation, { order: orderInput('y', { [field]: value }) });
    expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID_VARIABLE' });
    expect(errors[0]?.extensions?.problems?.[0]?.path[0]).toBe(field);
  });

  it('says so where the schema has something that the sandbox does not do, and never answers nothing instead', async () => {
    const id = await create();
    const query = await world.gql('{ customers(first: 1) { nodes { id } } }');
    expect(query.errors[0]?.extensions?.code).toBe('NOT_IMPLEMENTED');
    const field = await world.gql('query Q($id: ID!) { order(id: $id) { riskLevel } }', { id });
    expect(field.errors[0]).toMatchObject({
      message: 'The sandbox does not do Order.riskLevel yet',
      extensions: { code: 'NOT_IMPLEMENTED' },
    });
    const search = await world.gql('{ orders(first: 1, query: "risk_level:high") { nodes { id } } }');
    expect(search.errors[0]?.extensions?.code).toBe('NOT_IMPLEMENTED');
  });

  it('knows one version, one kind of path, and the shops it has', async () => {
    const headers = { 'x-shopify-access-token': 'staff' };
    const query = { query: '{ shop { id } }' };
    expect((await world.post('/admin/api/2026-07/graphql.json', query, headers)).status).toBe(404);
    expect((await world.post('/admin/orders.json', query, headers)).status).toBe(404);
    const other = { ...headers, 'x-shopify-shop-domain': 'other.myshopify.com' };
    expect((await world.post('/admin/api/2026-10/graphql.json', query, other)).status).toBe(404);
    expect((await world.post('/admin/api/2026-10/graphql.json', { q: 1 }, headers)).status).toBe(400);
  });

  it('refuses arrays above 250 and pages above 250', async () => {
    const tags = Array.from({ length: 251 }, (_, i) => `t${String(i)}`);
    const many = await world.gql(createMutation, { order: orderInput('z', { tags }) });
    expect(many.errors[0]?.extensions?.code).toBe('MAX_INPUT_SIZE_EXCEEDED');
    expect((await world.gql('{ orders(first: 251) { nodes { id } } }')).errors).toHaveLength(1);
    expect((await world.gql('{ orders { nodes { id } } }')).errors).toHaveLength(1);
  });

  it('writes every request down with its root fields', async () => {
    await world.gql('{ shop { id } locations(first: 1) { nodes { id } } }');
    expect(world.log.at(-1)).toMatchObject({
      service: 'shopify',
      method: 'POST',
      path: '/admin/api/2026-10/graphql.json',
      operation: 'shop+locations',
      status: 200,
    });
  });
});
