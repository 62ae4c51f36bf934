import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amazonCarrierCodes } from '../../app/domain/carriers.ts';
import type { CommandArgs } from '../../app/domain/command.ts';
import { amazonOrderId } from '../../app/domain/ids.ts';
import { knowsCarrier } from '../../app/sandbox/amazon/carriers.ts';
import { startAdapter, type AdapterWorld } from './adapter-world.ts';
import { plainOrder, sellerId } from './amazon-world.ts';

const id = amazonOrderId('902-0000001-0000001');
const us = 'ATVPDKIKX0DER';
const [first, second] = ['10000000000001', '10000000000002'] as const;
type Parcel = CommandArgs['ship_amazon'];

describe('confirmShipment of the adapter', () => {
  let setup: AdapterWorld;
  beforeEach(async () => {
    setup = await startAdapter();
    setup.world.amazon.placeOrders(sellerId, [plainOrder(id)]);
  });
  afterEach(() => setup.close());

  const parcel = (more: Partial<Parcel> = {}): Parcel => ({
    by: 'call',
    reference: '4711',
    carrierCode: 'UPS',
    carrierName: null,
    tracking: '1Z999AA10123456784',
    shippedAt: Date.parse('2026-11-21T11:00:00Z'),
    items: [{ orderItemId: first, quantity: 2 }],
    ...more,
  });
  const confirm = (more: Partial<Parcel> = {}, market = us, order = id, mayStill = () => true) =>
    setup.client.confirmShipment(order, market, parcel(more), mayStill);
  const shipments = () => setup.world.amazon.show(sellerId, id)?.shipments;
  const fault = (kind: 'drop-answer' | 'drop-request' | 'throttle') =>
    setup.world.faults.push({ service: 'amazon', match: { operation: 'confirmShipment' }, kind });

  it('FUL-1: confirms what is named, with its own reference', async () => {
    expect(await confirm()).toEqual({ ok: true, value: { kind: 'done' } });
    expect(shipments()).toMatchObject([
      { packageReferenceId: '4711', carrier: 'UPS', trackingNumber: '1Z999AA10123456784' },
    ]);
    const rest = { reference: '4712', items: [{ orderItemId: second, quantity: 1 }] };
    expect(await confirm(rest)).toMatchObject({ value: { kind: 'done' } });
    expect(shipments()).toHaveLength(2);
  });

  it('FUL-1: a carrier without a code goes by its name', async () => {
    const named = { carrierCode: 'Other', carrierName: 'Bob and Sons' };
    expect(await confirm(named)).toMatchObject({ value: { kind: 'done' } });
    expect(shipments()).toMatchObject([{ carrier: 'Bob and Sons' }]);
    expect(await confirm({ ...named, carrierCode: null })).toMatchObject({ value: { kind: 'done' } });
    expect(shipments()).toMatchObject([{ carrier: 'Bob and Sons' }]);
  });

  it('FUL-2: the same reference again changes the parcel', async () => {
    await confirm();
    expect(await confirm({ tracking: '1Z000' })).toMatchObject({ value: { kind: 'done' } });
    expect(shipments()).toMatchObject([{ packageReferenceId: '4711', trackingNumber: '1Z000' }]);
  });

  it.each<[string, Partial<Parcel>, string, string, string]>([
    ['an unknown carrier', { carrierCode: 'Bob' }, us, 'invalid_input', 'CarrierCode: Bob is invalid'],
    ['too many units', { items: [{ orderItemId: first, quantity: 3 }] }, us, 'invalid_input', 'larger'],
    ['a reference that is none', { reference: 'A1' }, us, 'invalid_input', 'positive numeric'],
    ['another marketplace', {}, 'A1PA6795UKMFR9', 'invalid_input', 'MarketplaceId'],
  ])('PRO-4: %s is refused in words of Amazon', async (_what, more, market, field, words) => {
    const text = expect.stringContaining(words) as string;
    expect(await confirm(more, market)).toMatchObject({
      value: { kind: 'refused', refusal: { field, text } },
    });
    expect(shipments()).toEqual([]);
  });

  it('PRO-4: an order that is not there is refused', async () => {
    const other = amazonOrderId('902-0000001-0000009');
    expect(await confirm({}, us, other)).toMatchObject({
      value: { kind: 'refused', refusal: { field: 'not_found' } },
    });
  });

  it.each(['drop-answer', 'drop-request'] as const)(
    'PRO-3: after %s nobody knows, and it may be repeated',
    async (kind) => {
      await confirm({ reference: '1', items: [{ orderItemId: second, quantity: 1 }] });
      fault(kind);
      expect(await confirm()).toMatchObject({ failure: { kind: 'unsure' } });
      expect(await confirm()).toMatchObject({ value: { kind: 'done' } });
      expect(shipments()).toHaveLength(2);
    },
  );

  it('PRO-3: a parcel whose claim is too old is not sent, and nothing was done', async () => {
    expect(await confirm({}, us, id, () => false)).toMatchObject({
      failure: { kind: 'retry', code: 'too_late' },
    });
    expect(shipments()).toEqual([]);
  });

  it('PRO-5: a throttled call is tried again later', async () => {
    fault('throttle');
    expect(await confirm()).toMatchObject({ failure: { kind: 'retry', code: 'throttled' } });
    expect(setup.drained).toEqual(['orders.confirmShipment']);
  });

  it('PRO-4: a grant that is gone asks for the merchant, a missing role does not refuse the parcel', async () => {
    setup.world.amazon.setAuthorisation(sellerId, {
      state: 'granted',
      missingRoles: ['Inventory and Order Tracking'],
    });
    expect(await confirm()).toMatchObject({ failure: { kind: 'final', code: 'data_refused' } });
    setup.world.amazon.setAuthorisation(sellerId, { state: 'revoked' });
    expect(await confirm()).toMatchObject({ failure: { kind: 'reconnect' } });
  });
});

it('FUL-1: the pretend Amazon takes every code the app may send, and no other', () => {
  const codes = [...amazonCarrierCodes].filter(
    (code) => !['Other', 'Otro', 'Andere', 'Sonstige'].includes(code),
  );
  expect(codes.filter((code) => !knowsCarrier(code))).toEqual([]);
  expect(['Other', 'Bob', 'ups'].filter(knowsCarrier)).toEqual([]);
});
