import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  acknowledgementFeed,
  adjustmentFeed,
  type FeedMessage,
  fulfillmentFeed,
} from '../../app/amazon/feed-xml.ts';
import { feedContentType, feedTypes } from '../../app/amazon/feed-types.ts';
import type { FeedStatus } from '../../app/amazon/feeds.ts';
import { readFeedReport } from '../../app/amazon/feed-report.ts';
import { flatCancelFile } from '../../app/amazon/flat-cancel-file.ts';
import { upload } from '../../app/amazon/upload.ts';
import { xmlText } from '../../app/amazon/xml-text.ts';
import { amazonCancelReasons } from '../../app/domain/cancel-reason.ts';
import { adjustmentReasons, type CommandArgs } from '../../app/domain/command.ts';
import { components } from '../../app/domain/components.ts';
import type { Result } from '../../app/domain/failure.ts';
import { feedOutcomes } from '../../app/domain/feed-outcome.ts';
import { parseMoney } from '../../app/domain/money.ts';
import { setClock } from '../../app/lib/clock.ts';
import { childOf, childText, type FeedType, readEnvelope } from '../../app/sandbox/amazon/feeds/envelope.ts';
import { readXml, type XmlElement } from '../../app/sandbox/amazon/feeds/xml.ts';
import { type AdapterWorld, startAdapter } from './adapter-world.ts';
import { plainOrder, sellerId } from './amazon-world.ts';
import { documentsPath, feedsOf } from './feed-world.ts';

const one = '902-0000001-0000001';
const two = '902-0000001-0000002';
const lines = ['10000000000001', '10000000000002'];
const market = 'ATVPDKIKX0DER';
const cancelType = feedTypes.cancel_amazon;

const cancels: readonly FeedMessage<'cancel_amazon'>[] = [one, two].map((amazonOrderId, i) => ({
  messageNo: i + 1,
  amazonOrderId,
  args: { reason: 'BuyerCanceled', orderItemIds: lines },
}));
const line = (i: number, units: Record<string, number>) => ({
  orderItemId: lines[i] ?? '',
  adjustmentId: `r-1-${i}`,
  components: units,
});
const refunds: readonly FeedMessage<'refund_amazon'>[] = [
  {
    messageNo: 1,
    amazonOrderId: one,
    args: {
      reason: 'CustomerReturn',
      currency: 'USD',
      items: [line(0, { principal: 1000 }), line(1, { principal: 5 })],
    },
  },
];
const units: readonly FeedMessage<'refund_amazon'>[] = [
  {
    messageNo: 1,
    amazonOrderId: two,
    args: { reason: 'CustomerCancel', currency: 'USD', items: [{ ...line(1, {}), quantityCancelled: 1 }] },
  },
];
const parcels: readonly FeedMessage<'ship_amazon'>[] = [
  {
    messageNo: 1,
    amazonOrderId: one,
    args: {
      by: 'feed',
      reference: '1',
      carrierCode: null,
      carrierName: 'Brown & <Sons>',
      tracking: null,
      shippedAt: Date.parse('2026-11-21T11:59:00Z'),
      items: lines.map((orderItemId, i) => ({ orderItemId, quantity: 2 - i })),
    },
  },
];

describe('feeds of the adapter before the pretend Amazon', () => {
  let setup: AdapterWorld;
  beforeEach(async () => {
    setup = await startAdapter();
    setup.world.amazon.placeOrders(sellerId, [plainOrder(one), plainOrder(two)]);
  });
  afterEach(() => setup.close());

  const pass = (ms: number) => {
    setup.world.now += ms;
    setClock(setup.world.now);
  };
  function value<T>(result: Result<T>): T {
    if (!result.ok) throw new Error(result.failure.sentence);
    return result.value;
  }
  const mayStill = () => true;
  const send = async (feedType: string, contents: string, contentType = feedContentType) => {
    const documentId = value(await setup.client.uploadFeed(contents, contentType));
    return value(await setup.client.createFeed({ feedType, marketplaceIds: [market], documentId, mayStill }));
  };
  const status = async (feedId: string): Promise<FeedStatus> => value(await setup.client.getFeed(feedId));
  const report = async (feedId: string) => {
    const { reportDocumentId } = await status(feedId);
    if (reportDocumentId === null) throw new Error('There should be a report.');
    return value(await readFeedReport(value(await setup.client.openFeedReport(reportDocumentId))));
  };
  /** Sends it, lets it be worked on, and says what became of each message. */
  const run = async (
    feedType: string,
    contents: string,
    messages: readonly { readonly messageNo: number; readonly amazonOrderId: string }[],
  ) => {
    const feedId = await send(feedType, contents);
    pass(90_000);
    return [...feedOutcomes({ feedId, brokenOff: false, messages }, await report(feedId)).values()];
  };
  const shownOrder = (id = one) => setup.world.amazon.show(sellerId, id)?.order ?? {};
  const accepted = { is: 'accepted', warning: null };

  it('CAN-13: a feed is queued, worked on and done, and only its report says what became of it', async () => {
    const before = setup.world.now;
    const feedId = await send(cancelType, acknowledgementFeed(sellerId, cancels));
    const queued = {
      feedId,
      feedType: cancelType,
      state: 'queued',
      createdAt: before,
      reportDocumentId: null,
    };
    expect(await status(feedId)).toEqual(queued);
    pass(31_000);
    expect(await status(feedId)).toMatchObject({ state: 'working', reportDocumentId: null });
    pass(60_000);
    expect(await status(feedId)).toMatchObject({ state: 'done' });
    expect([
      ...feedOutcomes({ feedId, brokenOff: false, messages: cancels }, await report(feedId)).values(),
    ]).toEqual([accepted, accepted]);
    for (const id of [one, two])
      expect(shownOrder(id)).toMatchObject({ fulfillment: { fulfillmentStatus: 'CANCELLED' } });
  });

  it('FUL-1, REF-1, CAN-15: parcels, refunds and cancelled units pass, each in its feed', async () => {
    const rest: readonly FeedMessage<'ship_amazon'>[] = parcels.map((message) => ({
      ...message,
      messageNo: 2,
      amazonOrderId: two,
      args: { ...message.args, items: message.args.items.slice(0, 1) },
    }));
    const shipments = [...parcels, ...rest];
    expect(await run(feedTypes.ship_amazon, fulfillmentFeed(sellerId, shipments), shipments)).toEqual([
      accepted,
      accepted,
    ]);
    expect(shownOrder()).toMatchObject({
      fulfillment: { fulfillmentStatus: 'SHIPPED' },
      packages: [{ packageReferenceId: '1', carrier: 'Brown & <Sons>' }],
    });
    const money = [...refunds, ...units.map((message) => ({ ...message, messageNo: 2 }))];
    expect(await run(feedTypes.refund_amazon, adjustmentFeed(sellerId, money), money)).toEqual([
      accepted,
      accepted,
    ]);
    expect(setup.world.amazon.show(sellerId, one)?.refunds).toMatchObject([
      { items: [{ components: { Principal: '10.00' }, merchantAdjustmentItemId: 'r-1-0' }, {}] },
    ]);
    expect(shownOrder(two)).toMatchObject({ fulfillment: { fulfillmentStatus: 'SHIPPED' } });
  });

  it('CAN-19: the flat file is one that Amazon takes', async () => {
    const rows = cancels.map(({ amazonOrderId, args }) => ({ amazonOrderId, ...args }));
    const type = 'POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA';
    const feedId = await send(type, flatCancelFile(rows), 'text/tab-separated-values; charset=UTF-8');
    pass(90_000);
    expect(await report(feedId)).toMatchObject({
      feedId: null,
      counts: { processed: 2, successful: 2, failed: 0 },
      results: [],
    });
    expect(shownOrder(two)).toMatchObject({ fulfillment: { fulfillmentStatus: 'CANCELLED' } });
  });

  const planted = (from: string | RegExp, to: string) => (xml: string) => {
    const broken = xml.replace(from, to);
    expect(broken).not.toBe(xml);
    return broken;
  };
  it.each([
    [
      'an element is out of order',
      planted(/(<AmazonOrderID>.*?<\/AmazonOrderID>)(\s*)(<StatusCode>.*?<\/StatusCode>)/s, '$3$2$1'),
    ],
    ['a line’s id is missing', planted(/<AmazonOrderItemCode>.*?<\/AmazonOrderItemCode>/s, '')],
    ['the status is missing', planted(/<StatusCode>.*?<\/StatusCode>/s, '')],
    ['a reason is unescaped', planted('BuyerCanceled', 'Buyer & seller')],
    ['a reason is not Amazon’s', planted('BuyerCanceled', 'BuyerCancelled')],
    ['a number is used twice', planted('<MessageID>2<', '<MessageID>1<')],
  ])('CAN-13: a feed where %s fails whole, and nothing is done', async (_name, broken) => {
    const xml = broken(acknowledgementFeed(sellerId, cancels));
    const outcomes = await run(cancelType, xml, cancels);
    expect(outcomes.map((outcome) => [outcome.is, 'code' in outcome && outcome.code])).toEqual([
      ['refused', '5000'],
      ['refused', '5000'],
    ]);
    expect(shownOrder()).toMatchObject({ fulfillment: { fulfillmentStatus: 'UNSHIPPED' } });
  });

  it('CAN-13: a cancel where a line is missing is refused, the other one is not', async () => {
    const xml = planted(/<Item>.*?<\/Item>/s, '')(acknowledgementFeed(sellerId, cancels));
    expect(await run(cancelType, xml, cancels)).toMatchObject([{ is: 'refused' }, accepted]);
  });

  it.each([
    ['amazon.feed-report-packing', 'gzip'],
    ['amazon.feed-report-encoding', 'iso-8859-1'],
    ['amazon.feed-report-info', 'another-order'],
    ['amazon.feed-report-info', 'none'],
  ])('CAN-13: reports are read with %s %s', async (name, position) => {
    setup.world.switches.set(name, position);
    setup.world.faults.push({
      service: 'amazon',
      match: {},
      kind: 'reject-message',
      value: 'Error 18028 Größe ungültig',
    });
    const text = expect.stringContaining('Größe ungültig') as string;
    expect(await run(cancelType, acknowledgementFeed(sellerId, cancels), cancels)).toMatchObject([
      { is: 'refused', code: '18028', text },
      accepted,
    ]);
  });

  it('CAN-13: a warning is no refusal', async () => {
    setup.world.faults.push({
      service: 'amazon',
      match: {},
      kind: 'reject-message',
      value: 'Warning 1 Late.',
    });
    expect(await run(cancelType, acknowledgementFeed(sellerId, cancels), cancels)).toEqual([
      { is: 'accepted', warning: 'Late.' },
      accepted,
    ]);
  });

  it.each(['none', 'some', 'all'])('CAN-13: a feed that ends FATAL may have done %s', async (effects) => {
    setup.world.switches.set('amazon.fatal-feed-report', 'report');
    setup.world.faults.push({ service: 'amazon', match: {}, kind: 'fatal-feed', value: effects });
    const feedId = await send(cancelType, acknowledgementFeed(sellerId, cancels));
    pass(90_000);
    expect(await status(feedId)).toMatchObject({ state: 'fatal' });
    const outcomes = feedOutcomes({ feedId, brokenOff: true, messages: cancels }, await report(feedId));
    expect([...outcomes.values()].map(({ is }) => is)).toEqual(['unsure', 'unsure']);
  });

  it('CAN-13: a lost answer of createFeed is unsure, and the feed is found', async () => {
    const contents = acknowledgementFeed(sellerId, cancels);
    const documentId = value(await setup.client.uploadFeed(contents, feedContentType));
    const wish = { feedType: cancelType, marketplaceIds: [market], documentId, mayStill };
    const since = setup.world.now;
    expect(value(await setup.client.findFeeds(cancelType, since))).toEqual([]);
    const fault = { service: 'amazon', match: { operation: 'createFeed' } } as const;
    setup.world.faults.push({ ...fault, kind: 'drop-request' });
    expect(await setup.client.createFeed(wish)).toMatchObject({ failure: { kind: 'unsure' } });
    expect(value(await setup.client.findFeeds(cancelType, since))).toEqual([]);
    setup.world.faults.push({ ...fault, kind: 'drop-answer' });
    expect(await setup.client.createFeed(wish)).toMatchObject({ failure: { kind: 'unsure' } });
    expect(value(await setup.client.findFeeds(cancelType, since))).toMatchObject([{ state: 'queued' }]);
    expect(value(await setup.client.findFeeds(feedTypes.refund_amazon, since))).toEqual([]);
    pass(1000);
    expect(value(await setup.client.findFeeds(cancelType, setup.world.now))).toEqual([]);
  });

  it('CAN-13: a throttled createFeed made none', async () => {
    setup.world.faults.push({ service: 'amazon', match: { operation: 'createFeed' }, kind: 'throttle' });
    const documentId = value(await setup.client.uploadFeed('x', feedContentType));
    const wish = { feedType: cancelType, marketplaceIds: [market], documentId, mayStill };
    expect(await setup.client.createFeed(wish)).toMatchObject({
      failure: { kind: 'retry', code: 'throttled' },
    });
    expect(setup.drained).toEqual(['feeds.createFeed']);
    expect(value(await setup.client.findFeeds(cancelType, setup.world.now - 1000))).toEqual([]);
  });

  it('CAN-13: all feeds are found, page by page', async () => {
    const documentId = value(await setup.client.uploadFeed('x', feedContentType));
    const since = setup.world.now;
    const ids: string[] = [];
    for (let n = 0; n < 103; n += 1) {
      const wish = { feedType: cancelType, marketplaceIds: [market], documentId, mayStill };
      ids.push(value(await setup.client.createFeed(wish)));
      pass(121_000);
    }
    const found = value(await setup.client.findFeeds(cancelType, since));
    expect(found.map(({ feedId }) => feedId).toSorted()).toEqual(ids.toSorted());
    const pages = setup.requests.filter(
      ({ pathname, search }) => pathname.endsWith('/feeds') && search !== '',
    );
    expect(pages.map(({ searchParams }) => [...searchParams.keys()].length)).toEqual([3, 1]);
  });

  it('PRO-4: what goes wrong with an upload is harmless, and a new one is made', async () => {
    const fail = async (fault: Parameters<typeof setup.world.faults.push>[0]) => {
      setup.world.faults.push(fault);
      return setup.client.uploadFeed('x', feedContentType);
    };
    const fault = { service: 'amazon', match: { operation: 'createFeedDocument' } } as const;
    for (const kind of ['drop-request', 'drop-answer', 'throttle'] as const)
      expect(await fail({ ...fault, kind })).toMatchObject({ failure: { kind: 'retry' } });
    expect(value(await setup.client.uploadFeed('x', feedContentType))).toMatch(/^amzn1/);
  });
});

describe('an upload', () => {
  it('PRO-4: is retry where its address is over, was signed for another type, or leads nowhere', async () => {
    const setup = await startAdapter();
    const { world } = setup;
    const { call } = feedsOf(world);
    const { body } = await call('POST', documentsPath, { contentType: feedContentType });
    const put = (contentType: string, origin = world.origin, url = String(body['url'])) =>
      upload(url, { contents: 'é', contentType }, origin, 1000);
    expect(await put(feedContentType)).toEqual({ ok: true, value: null });
    expect(await put('text/xml')).toMatchObject({ failure: { kind: 'retry', code: 'service_error' } });
    world.now += 300_000;
    const over = await put(feedContentType);
    expect(over).toMatchObject({ failure: { kind: 'retry', code: 'service_error' } });
    expect(JSON.stringify(over)).not.toContain('/documents/');
    expect(await put(feedContentType, world.origin, 'file:///d')).toMatchObject({
      failure: { kind: 'retry' },
    });
    await setup.close();
    expect(await put(feedContentType)).toMatchObject({ failure: { kind: 'retry', code: 'network' } });
  });
});

/** A text that sellers may type, with all that XML minds. */
const typed = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({
    unit: fc.constantFrom('<', '>', '&', '"', "'", ']', ' ', '\n', '\u0000', '\uD800', '😀', 'é'),
    maxLength: 60,
  }),
  fc.constantFrom(']]>', '&amp;', '<!--', '</CarrierName>', 'true', '0', '注文'),
);
const orderIds = fc.stringMatching(/^[0-9]{3}-[0-9]{7}-[0-9]{7}$/);
const itemIds = fc.uniqueArray(fc.stringMatching(/^[0-9]{14,15}$/), { minLength: 1, maxLength: 4 });
const sellers = fc.stringMatching(/^[A-Z0-9]{1,20}$/);
const key = typed.map((text) => xmlText(text, 50)).filter((text) => text !== '');
const count = fc.integer({ min: 1, max: 1_000_000 });

function messagesOf(
  xml: string,
  feedType: string,
  seller: string,
): { readonly id: string; readonly body: XmlElement }[] {
  const read = readEnvelope(Buffer.from(xml), feedContentType, feedType as FeedType, seller);
  if (!read.ok) throw new Error(read.fault.text);
  return [...read.messages];
}
const all = (body: XmlElement | undefined, name: string) =>
  body?.children.filter((child) => child.name === name) ?? [];
const numbered = <Args>(args: fc.Arbitrary<Args>) =>
  fc
    .array(fc.record({ amazonOrderId: orderIds, args }), { minLength: 1, maxLength: 4 })
    .map((list) => list.map((message, i) => ({ messageNo: i + 1, ...message })));

describe('any feed is read back as it was meant by a strict reader', () => {
  it('CAN-13: cancels', () => {
    const args = fc.record({ reason: fc.constantFrom(...amazonCancelReasons), orderItemIds: itemIds });
    fc.assert(
      fc.property(sellers, numbered(args), (seller, messages) => {
        const back = messagesOf(acknowledgementFeed(seller, messages), cancelType, seller);
        expect(
          back.map(({ id, body }) => ({
            messageNo: Number(id),
            amazonOrderId: childText(body, 'AmazonOrderID'),
            args: {
              reason: childText(all(body, 'Item')[0], 'CancelReason'),
              orderItemIds: all(body, 'Item').map((item) => childText(item, 'AmazonOrderItemCode')),
            },
          })),
        ).toEqual(messages);
      }),
    );
  });

  it('REF-1, REF-3: refunds', () => {
    const amounts = fc
      .dictionary(fc.constantFrom(...components), fc.integer({ min: 1, max: 999_999_999 }), {
        minKeys: 1,
        noNullPrototype: true,
      })
      .map((parts) => ({ components: parts }));
    const cancelled = count.map((quantityCancelled) => ({ components: {}, quantityCancelled }));
    const args = fc
      .record({
        reason: fc.constantFrom(...adjustmentReasons),
        currency: fc.constantFrom('USD', 'EUR', 'JPY', 'MXN'),
        lines: itemIds,
        kinds: fc.array(fc.record({ adjustmentId: key, what: fc.oneof(amounts, cancelled) }), {
          minLength: 4,
          maxLength: 4,
        }),
      })
      .map(({ reason, currency, lines: ids, kinds }): CommandArgs['refund_amazon'] => ({
        reason,
        currency,
        items: ids.map((orderItemId, i) => ({
          orderItemId,
          adjustmentId: kinds[i]?.adjustmentId ?? '',
          ...(kinds[i]?.what ?? { components: {} }),
        })),
      }));
    const nameOf = (type: string) =>
      components.find((name) => name.toLowerCase() === type.toLowerCase()) ?? type;
    const partsOf = (item: XmlElement) =>
      all(childOf(item, 'ItemPriceAdjustments'), 'Component').map((part) => {
        const currency = childOf(part, 'Amount')?.attributes.get('currency') ?? '';
        const read = parseMoney(childText(part, 'Amount'), currency);
        return { name: nameOf(childText(part, 'Type')), money: read?.rounded === false ? read.money : null };
      });
    fc.assert(
      fc.property(sellers, numbered(args), (seller, messages) => {
        const back = messagesOf(adjustmentFeed(seller, messages), feedTypes.refund_amazon, seller);
        for (const [i, { id, body }] of back.entries()) {
          const { currency } = messages[i]?.args ?? { currency: '' };
          const items = all(body, 'AdjustedItem').map((item) => ({
            orderItemId: childText(item, 'AmazonOrderItemCode'),
            adjustmentId: childOf(item, 'MerchantAdjustmentItemID')?.text,
            components: Object.fromEntries(partsOf(item).map(({ name, money }) => [name, money?.amount])),
            ...(childText(item, 'QuantityCancelled') === ''
              ? {}
              : { quantityCancelled: Number(childText(item, 'QuantityCancelled')) }),
          }));
          const told = all(body, 'AdjustedItem').flatMap(partsOf);
          expect(told.every(({ money }) => money?.currency === currency)).toBe(true);
          const reason = childText(all(body, 'AdjustedItem')[0], 'AdjustmentReason');
          expect({
            messageNo: Number(id),
            amazonOrderId: childText(body, 'AmazonOrderID'),
            args: { reason, currency, items },
          }).toEqual(messages[i]);
        }
        expect(back).toHaveLength(messages.length);
      }),
    );
  });

  it('FUL-1: parcels, with whatever a seller typed', () => {
    const args = fc.record({
      by: fc.constant('feed' as const),
      reference: fc.stringMatching(/^[1-9][0-9]{0,19}$/),
      carrierCode: fc.option(typed),
      carrierName: fc.option(typed),
      tracking: fc.option(typed.map((text) => Array.from(text).slice(0, 40).join(''))),
      shippedAt: fc.integer({ min: 0, max: Date.parse('2100-01-01T00:00:00Z') }),
      items: fc.array(fc.record({ orderItemId: fc.stringMatching(/^[0-9]{14,15}$/), quantity: count }), {
        minLength: 1,
        maxLength: 3,
      }),
    });
    const clean = (text: string | null) => xmlText(text ?? '', 50);
    fc.assert(
      fc.property(sellers, numbered(args), (seller, messages) => {
        const back = messagesOf(fulfillmentFeed(seller, messages), feedTypes.ship_amazon, seller);
        const read = back.map(({ id, body }) => {
          const data = childOf(body, 'FulfillmentData');
          const text = (name: string) => childOf(data, name)?.text ?? '';
          return {
            messageNo: Number(id),
            amazonOrderId: childText(body, 'AmazonOrderID'),
            reference: childText(body, 'MerchantFulfillmentID'),
            carrier: text('CarrierCode') || text('CarrierName'),
            tracking: text('ShipperTrackingNumber'),
            shippedAt: Date.parse(childText(body, 'FulfillmentDate')),
            items: all(body, 'Item').map((item) => ({
              orderItemId: childText(item, 'AmazonOrderItemCode'),
              quantity: Number(childText(item, 'Quantity')),
            })),
          };
        });
        expect(read).toEqual(
          messages.map(({ messageNo, amazonOrderId, args: { reference, shippedAt, items, ...parcel } }) => ({
            messageNo,
            amazonOrderId,
            reference,
            shippedAt,
            items,
            carrier: clean(parcel.carrierCode) || clean(parcel.carrierName) || 'Other',
            tracking: clean(parcel.tracking),
          })),
        );
      }),
    );
  });

  it('a text that is fit already is not changed', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const fit = xmlText(text, 50);
        expect([xmlText(fit, 50), Array.from(fit).length <= 50, fit.isWellFormed()]).toEqual([
          fit,
          true,
          true,
        ]);
      }),
    );
    expect(() => readXml('<?xml version="1.0"?><a>\u0001</a>')).toThrow();
  });
});
