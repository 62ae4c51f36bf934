import { describe, expect, it } from 'vitest';
import { orderOf } from '../../test/samples/orders.ts';
import {
  handlingOf,
  lampId,
  lampLine,
  lampUnits,
  vaseId,
  vaseLine,
  vaseUnits,
  workId,
  workOf,
} from '../../test/samples/requests.ts';
import { goneLines, meant, openWork } from './handled-lines.ts';

const order = orderOf({ lines: [lampLine(), vaseLine()] });

describe('open work', () => {
  it.each([
    ['OPEN', 1],
    ['SCHEDULED', 1],
    ['ON_HOLD', 1],
    ['IN_PROGRESS', 1],
    ['INCOMPLETE', 1],
    ['CLOSED', 0],
    ['CANCELLED', 0],
  ])('%s', (status, count) => {
    expect(openWork(handlingOf(workOf({ status })))).toHaveLength(count);
  });

  it('has only lines of which units are left', () => {
    const work = workOf({ lines: [lampUnits({ remaining: 0 }), vaseUnits()] });
    expect(openWork(handlingOf(work))[0]?.open).toEqual([vaseUnits()]);
    expect(openWork(handlingOf(workOf({ lines: [lampUnits({ remaining: 0 })] })))).toEqual([]);
  });
});

describe('what a line in Shopify stands for', () => {
  it.each([
    ['the line it was made from', lampUnits(), [lampId]],
    ['the same SKU, of another app’s order', vaseUnits({ orderItemId: null }), [vaseId]],
    ['an id that is not of this order', vaseUnits({ orderItemId: '1' }), [vaseId]],
    ['any, where nothing tells', vaseUnits({ orderItemId: null, sku: 'OTHER' }), [lampId, vaseId]],
    ['any, without a SKU', vaseUnits({ orderItemId: null, sku: null }), [lampId, vaseId]],
  ])('%s', (_, line, ids) => {
    expect(meant(order, line)).toEqual(ids);
  });

  it('no SKU on either side is not the same SKU', () => {
    const bare = orderOf({ lines: [lampLine({ sku: null }), vaseLine()] });
    expect(meant(bare, vaseUnits({ orderItemId: null, sku: null }))).toEqual([lampId, vaseId]);
  });
});

describe('REQ-8: lines of which nothing is left to send', () => {
  it('cannot be told before anything was prepared, nor of an order that is cancelled or was not looked at', () => {
    expect(goneLines(order, handlingOf(), false)).toBeNull();
    expect(goneLines(order, null, false)).toBeNull();
    expect(goneLines(order, handlingOf(workOf({ status: 'CLOSED' })), true)).toBeNull();
  });

  it('are those that no open work has', () => {
    const work = workOf({ lines: [lampUnits({ remaining: 0 }), vaseUnits()] });
    expect(goneLines(order, handlingOf(work), false)).toEqual(new Set([lampId]));
    const closed = workOf({ status: 'CLOSED' });
    expect(goneLines(order, handlingOf(closed), false)).toEqual(new Set([lampId, vaseId]));
    const rest = workOf({ id: workId(2), lines: [lampUnits()] });
    expect(goneLines(order, handlingOf(closed, rest), false)).toEqual(new Set([vaseId]));
  });
});
