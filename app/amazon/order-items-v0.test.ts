import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { amazonOrderId } from '../domain/ids.ts';
import { readRequestsV0 } from './order-items-v0.ts';
import { Session, type Call } from './session.ts';

const id = amazonOrderId('902-0000001-0000001');

/** Reads through a session whose wire gives these bodies, one for each call. */
async function read(...bodies: unknown[]) {
  const calls: Call[] = [];
  const wire = {
    login: () => Promise.resolve(),
    send: (call: Call) => {
      calls.push(call);
      return Promise.resolve({
        status: 200,
        rateHeader: null,
        body: JSON.stringify(bodies[calls.length - 1]),
      });
    },
    secrets: () => [],
  };
  const buckets = {
    take: () => Promise.resolve({ ok: true } as const),
    when: () => Promise.resolve(0),
    learn: () => Promise.resolve(),
    drained: () => Promise.resolve(),
  };
  const result = await readRequestsV0(new Session(wire, buckets, 1_000), id);
  return { result, requests: result.ok ? [...result.value] : null, calls };
}

const page = (items: unknown, token?: string) => ({ payload: { OrderItems: items, NextToken: token } });
const item = (flag: unknown, reason?: unknown) => ({
  OrderItemId: '1',
  BuyerRequestedCancel: { IsBuyerRequestedCancel: flag, BuyerCancelReason: reason },
});

describe('requests by Orders v0', () => {
  it.each([
    [item('true', 'Found cheaper'), { state: 'asked', reason: 'Found cheaper' }],
    [item(true, ''), { state: 'asked', reason: null }],
    [item('TRUE'), { state: 'asked', reason: null }],
    [item('false', ''), { state: 'none' }],
    [item(false), { state: 'none' }],
    [item(''), { state: 'none' }],
    [item(null), { state: 'none' }],
    [{ OrderItemId: '1' }, { state: 'none' }],
    [{ OrderItemId: '1', BuyerRequestedCancel: null }, { state: 'none' }],
    [item('maybe'), { state: 'unknown' }],
    [item(1), { state: 'unknown' }],
  ])('REQ-1: %j means %j', async (one, reading) => {
    expect((await read(page([one]))).requests).toEqual([['1', reading]]);
  });

  it('REQ-1: follows all pages, with the token alone', async () => {
    const { requests, calls } = await read(
      page([item('true')], 'more'),
      page([{ ...item('false'), OrderItemId: 147645420374961 }], ''),
    );
    expect(requests).toEqual([
      ['1', { state: 'asked', reason: null }],
      ['147645420374961', { state: 'none' }],
    ]);
    expect(calls.map(({ query }) => query)).toEqual([{}, { NextToken: 'more' }]);
    expect(calls[0]).toMatchObject({
      operation: 'orders.getOrderItems',
      version: 'v0',
      path: { orderId: id },
    });
  });

  it.each([[{}], [{ payload: {} }], [page('none')]])('REQ-1: of %j nothing is known', async (body) => {
    expect((await read(body)).result).toMatchObject({
      ok: false,
      failure: { kind: 'retry', code: 'bad_answer' },
    });
  });

  const sample = '../shared/amazon/samples/orders-api/getOrderItems-v0.invented.json';
  it.skipIf(!existsSync(sample))('REQ-1: one line of the sample was asked for', async () => {
    expect((await read(JSON.parse(readFileSync(sample, 'utf8')))).requests).toEqual([
      ['10000000000001', { state: 'asked', reason: 'Order created by mistake' }],
      ['10000000000009', { state: 'none' }],
    ]);
  });
});
