import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOrderChange } from './order-change.ts';

type Json = Record<string, unknown>;

const item = (id: unknown, asked?: unknown): Json => ({
  OrderItemId: id,
  SellerSKU: 'SKU',
  SupplySourceId: null,
  Quantity: 1,
  ...(asked === undefined ? {} : { IsBuyerRequestedCancel: asked }),
});

/** A message as Amazon's schema has it, with other parts where they are given. */
function message(change: Json = {}, items: unknown = [item('1', true)], outer: Json = {}): string {
  return JSON.stringify({
    NotificationVersion: '1.0',
    NotificationType: 'ORDER_CHANGE',
    PayloadVersion: '1.0',
    EventTime: '2026-11-21T12:00:01Z',
    Payload: {
      OrderChangeNotification: {
        NotificationLevel: 'OrderLevel',
        SellerId: 'A3TH9S8BH6GOGM',
        AmazonOrderId: '903-8868176-2219830',
        OrderChangeType: 'BuyerRequestedChange',
        OrderChangeTrigger: {
          TimeOfOrderChange: '2026-11-21T12:00:00Z',
          ChangeReason: 'Buyer Requested Cancel',
        },
        Summary: { MarketplaceId: 'ATVPDKIKX0DER', OrderStatus: 'Unshipped', OrderItems: items },
        ...change,
      },
    },
    NotificationMetadata: { NotificationId: 'd0e9e693-c3ad-4373-979f-ed4ec98dd746' },
    ...outer,
  });
}

const changeOf = (body: string) => {
  const read = readOrderChange(body);
  if (!read.ok) throw new Error(read.why);
  return read.change;
};

const shapeless = 'The message does not have the shape of a notification.';
const otherType = 'The message is of a type that was not subscribed to.';
const nameless = 'The message does not name its seller and its order.';

describe('a message of Amazon’s notifications', () => {
  const sample = '../shared/amazon/samples/notifications/OrderChangeNotification.sample.json';
  it.skipIf(!existsSync(sample))('REQ-1: Amazon’s own sample asks for its line', () => {
    expect(readOrderChange(readFileSync(sample, 'utf8'))).toEqual({
      ok: true,
      change: {
        sellerId: 'A3TH9S8BH6GOGM',
        orderId: '903-8868176-2219830',
        notificationId: 'd0e9e693-c3ad-4373-979f-ed4ec98dd746',
        changedAt: Date.parse('2022-11-29T19:42:04.284Z'),
        asked: ['OIID34853450'],
      },
    });
  });

  it.each([
    ['a flag', [item('1', true), item('2', false)], ['1']],
    ['a flag as text', [item('1', 'true'), item('2', 'FALSE')], ['1']],
    ['flags on some lines only', [item('1'), item('2', 'TRUE')], ['2']],
    ['the same line twice', [item('2', true), item('1', true), item('2', true)], ['1', '2']],
    ['no flag set', [item('1', false), item('2', '')], null],
    ['no line that tells', [item('1'), item('2', '')], 'whole'],
    ['no lines', [], 'whole'],
    ['lines that are none', 'x', 'whole'],
    ['a line without an id', [item('1', true), item(undefined, true)], 'whole'],
    ['a line with an odd id', [item('<b>\u0000', true)], 'whole'],
    ['odd lines beside a good one', [null, 7, item('1', true)], ['1']],
  ])('REQ-1 REQ-2: %s', (_what, items, asked) => {
    expect(changeOf(message({}, items)).asked).toEqual(asked);
  });

  it('REQ-1: another kind of change asks for nothing by itself, but its flags count', () => {
    const change = (items: unknown, type: unknown) =>
      changeOf(message({ OrderChangeType: type }, items)).asked;
    expect(change([item('1')], 'OrderStatusChange')).toBeNull();
    expect(change([item('1', true)], 'OrderStatusChange')).toEqual(['1']);
    expect(change([item('1')], 'SomethingNew')).toBeNull();
    expect(change([item('1')], 7)).toBeNull();
  });

  it.each([
    ['its own time', {}, Date.UTC(2026, 10, 21, 12)],
    [
      'no time of its own',
      { OrderChangeTrigger: { TimeOfOrderChange: null } },
      Date.UTC(2026, 10, 21, 12, 0, 1),
    ],
    ['no trigger', { OrderChangeTrigger: undefined }, Date.UTC(2026, 10, 21, 12, 0, 1)],
    ['an odd time', { OrderChangeTrigger: { TimeOfOrderChange: 'soon' } }, Date.UTC(2026, 10, 21, 12, 0, 1)],
  ])('tells when: %s', (_what, change, at) => {
    expect(changeOf(message(change)).changedAt).toBe(at);
  });

  it('PRO-2: does without an id of the message, and without a time', () => {
    const bare = changeOf(message({ OrderChangeTrigger: {} }, [], { NotificationMetadata: 7, EventTime: 7 }));
    expect(bare).toMatchObject({ notificationId: null, changedAt: null });
    const long = { NotificationMetadata: { NotificationId: 'x'.repeat(300) } };
    expect(changeOf(message({}, [], long)).notificationId).toBeNull();
  });

  it.each([
    ['nothing', '', 'The message is not JSON.'],
    ['no JSON', 'not { JSON', 'The message is not JSON.'],
    ['a list', '[1,2]', shapeless],
    ['null', 'null', shapeless],
    ['an empty object', '{}', otherType],
    ['another type', message({}, [], { NotificationType: 'ODD' }), otherType],
    [
      'another type in another spelling',
      '{"notificationType":"FEED_PROCESSING_FINISHED","payload":{}}',
      otherType,
    ],
    ['no order', message({ AmazonOrderId: undefined }), nameless],
    ['an empty order id', message({ AmazonOrderId: '' }), nameless],
    ['a number for an order id', message({ AmazonOrderId: 7 }), nameless],
    ['hostile text for an order id', message({ AmazonOrderId: "903'; --\u0000" }), nameless],
    ['no seller', message({ SellerId: undefined }), nameless],
    ['no payload', message({}, [], { Payload: 7 }), nameless],
    ['an empty payload', message({}, [], { Payload: {} }), nameless],
    ['deep nesting', '['.repeat(200_000) + ']'.repeat(200_000), shapeless],
    ['deep nesting that does not end', '['.repeat(200_000), 'The message is not JSON.'],
    ['too much', `"${'x'.repeat(1_048_577)}"`, 'The message is longer than any of Amazon’s.'],
  ])('REQ-13: %s is refused in one sentence', (_what, body, why) => {
    expect(readOrderChange(body)).toEqual({ ok: false, why });
  });

  it('REQ-13: a message of 256 KB with deep and hostile values beside what counts is read', () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const body = message({ ['__proto__x']: '<script>', Odd: '\u202e💥'.repeat(20_000) }).replace(
      '"ChangeReason"',
      `"Deep":${deep},"__proto__":{"x":1},"ChangeReason"`,
    );
    expect(body.length).toBeGreaterThan(150_000);
    expect(changeOf(body).asked).toEqual(['1']);
  });

  it('REQ-13: nothing that is sent makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.constant('[object Object]')), (body) => {
        expect(typeof readOrderChange(body).ok).toBe('boolean');
      }),
    );
    const odd = fc.jsonValue();
    fc.assert(
      fc.property(odd, odd, odd, odd, (type, trigger, summary, meta) => {
        const change = { OrderChangeType: type, OrderChangeTrigger: trigger, Summary: summary };
        const read = readOrderChange(message(change, [], { NotificationMetadata: meta }));
        expect(read.ok).toBe(true);
      }),
    );
  });
});
