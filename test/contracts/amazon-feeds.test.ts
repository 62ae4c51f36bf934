import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AmazonWorld, plainOrder, sellerId, startAmazon } from './amazon-world.ts';
import {
  cancel,
  documentsPath,
  envelope,
  feedsOf,
  feedsPath,
  feedTypes,
  modelOf,
  xmlType,
} from './feed-world.ts';

const id = '902-0000001-0000001';
const other = '902-0000001-0000002';
const lines = ['10000000000001', '10000000000002'];
const shared = '../shared/amazon';
const cancels = feedTypes.OrderAcknowledgement;

describe('feeds of the pretend Amazon', () => {
  let world: AmazonWorld;
  let feeds: ReturnType<typeof feedsOf>;
  const switchesAtFirst = new Map<string, string>();
  beforeAll(async () => {
    world = await startAmazon();
    feeds = feedsOf(world);
    for (const [name, value] of world.switches) switchesAtFirst.set(name, value);
  });
  beforeEach(() => {
    world.amazon.reset();
    world.faults.length = 0;
    for (const [name, value] of switchesAtFirst) world.switches.set(name, value);
    world.amazon.placeOrders(sellerId, [plainOrder(id), plainOrder(other)]);
  });
  afterAll(() => world.close());

  const whole = (orderId = id) => envelope('OrderAcknowledgement', [cancel(orderId, lines)]);
  const statusOf = async (feedId: string) =>
    (await feeds.call('GET', `${feedsPath}/${feedId}`)).body['processingStatus'];
  const orderStatus = (orderId = id) =>
    (world.amazon.show(sellerId, orderId)?.order['fulfillment'] as { fulfillmentStatus: string })
      .fulfillmentStatus;

  it('CAN-13: wait, are worked on and end with a report', async () => {
    const feedId = await feeds.send(cancels, whole());
    expect(await statusOf(feedId)).toBe('IN_QUEUE');
    world.now += 31_000;
    expect(await statusOf(feedId)).toBe('IN_PROGRESS');
    expect(orderStatus()).toBe('UNSHIPPED');
    world.now += 60_000;
    const { status, report, results, contentType } = await feeds.ended(feedId);
    expect([status, results, contentType]).toEqual(['DONE', [], 'text/xml; charset=utf-8']);
    expect(report).toContain(`<DocumentTransactionID>${feedId}<`);
    expect(report).toContain('<MessagesSuccessful>1<');
    expect(orderStatus()).toBe('CANCELLED');
  });

  it('of one type go one after the other, of two types beside each other', async () => {
    const first = await feeds.send(cancels, whole());
    const second = await feeds.send(cancels, whole(other));
    const third = await feeds.send(feedTypes.OrderAdjustment, whole());
    world.now += 31_000;
    expect(await Promise.all([first, second, third].map(statusOf))).toEqual([
      'IN_PROGRESS',
      'IN_QUEUE',
      'IN_PROGRESS',
    ]);
    world.now += 180_000;
    expect(await Promise.all([first, second, third].map(statusOf))).toEqual(['DONE', 'DONE', 'DONE']);
  });

  it('are taken twice when they are sent twice', async () => {
    const document = await feeds.upload(whole());
    const ids = [await feeds.create(cancels, document), await feeds.create(cancels, document)];
    expect(new Set(ids.map(({ body }) => body['feedId'])).size).toBe(2);
    const found = await world.get(feedsPath, { feedTypes: cancels });
    expect((found.body as { feeds?: unknown[] }).feeds).toHaveLength(2);
  });

  it('take an upload for five minutes, and only of the type it was promised', async () => {
    const { body } = await feeds.call('POST', documentsPath, { contentType: xmlType });
    const wrong = await feeds.put(body['url'], whole(), 'text/xml');
    expect([wrong.status, await wrong.text()]).toEqual([
      403,
      expect.stringContaining('SignatureDoesNotMatch') as string,
    ]);
    expect((await feeds.put(body['url'], whole())).status).toBe(200);
    world.now += 300_000;
    expect((await feeds.put(body['url'], whole())).status).toBe(403);
    expect((await feeds.put('https://x/documents/unknown', whole())).status).toBe(404);
    const stream = await fetch(feeds.local(body['url']), {
      method: 'PUT',
      headers: { 'content-type': xmlType },
      body: new Blob([whole()]).stream(),
      duplex: 'half',
    });
    expect(stream.status).toBe(501);
  });

  it('end FATAL without a document, and refuse a document that is unknown or two days old', async () => {
    const { body } = await feeds.call('POST', documentsPath, { contentType: xmlType });
    const empty = String((await feeds.create(cancels, String(body['feedDocumentId']))).body['feedId']);
    world.now += 90_000;
    expect(await statusOf(empty)).toBe('FATAL');
    expect((await feeds.create(cancels, 'badDocumentId')).status).toBe(400);
    const document = await feeds.upload(whole());
    world.now += 2 * 86_400_000;
    expect((await feeds.create(cancels, document)).status).toBe(400);
  });

  it('can be cancelled while they wait', async () => {
    const feedId = await feeds.send(cancels, whole());
    expect((await feeds.call('DELETE', `${feedsPath}/${feedId}`)).status).toBe(200);
    world.now += 90_000;
    expect([await statusOf(feedId), orderStatus()]).toEqual(['CANCELLED', 'UNSHIPPED']);
    const late = await feeds.send(cancels, whole());
    world.now += 40_000;
    expect((await feeds.call('DELETE', `${feedsPath}/${late}`)).status).toBe(400);
  });

  it('are found by type, status and time, page by page', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      ids.push(await feeds.send(cancels, whole()));
      world.now += 120_000;
    }
    const list = async (query: Record<string, string>) => {
      const { status, body } = await world.get(feedsPath, query);
      const { feeds: found = [], nextToken } = body as { feeds?: { feedId: string }[]; nextToken?: string };
      return { status, ids: found.map(({ feedId }) => feedId), nextToken };
    };
    const page = await list({ feedTypes: cancels, pageSize: '2' });
    expect(page.ids).toEqual([ids[2], ids[1]]);
    expect((await list({ nextToken: page.nextToken ?? '' })).ids).toEqual([ids[0]]);
    expect((await list({ nextToken: page.nextToken ?? '', pageSize: '2' })).status).toBe(400);
    expect((await list({ feedTypes: cancels, processingStatuses: 'IN_QUEUE,FATAL' })).ids).toEqual([]);
    const createdSince = new Date(world.now - 130_000).toISOString();
    expect((await list({ feedTypes: cancels, createdSince })).ids).toEqual([ids[2]]);
    expect((await list({ feedTypes: feedTypes.OrderAdjustment })).ids).toEqual([]);
    expect((await list({})).status).toBe(400);
    expect((await list({ feedTypes: cancels, processingStatuses: 'BAD_VALUE' })).status).toBe(400);
  });

  it('PRO-5: keep to the limits of createFeed', async () => {
    const document = await feeds.upload(whole());
    const answers: number[] = [];
    for (let n = 0; n < 16; n += 1) answers.push((await feeds.create(cancels, document)).status);
    expect([answers.slice(0, 15).every((status) => status === 202), answers[15]]).toEqual([true, 429]);
    world.now += 120_500;
    expect((await feeds.create(cancels, document)).status).toBe(202);
  });

  it.each([
    [
      'an element out of order',
      (xml: string) =>
        xml
          .replace(/(<CancelReason>\w+<\/CancelReason>)<\/Item>/, '</Item>')
          .replace(
            '<AmazonOrderItemCode>',
            '<CancelReason>BuyerCanceled</CancelReason><AmazonOrderItemCode>',
          ),
      '5000',
    ],
    ['an unescaped reason', (xml: string) => xml.replace('BuyerCanceled', 'Buyer & Co'), '5000'],
    ['a reason that is none', (xml: string) => xml.replace('BuyerCanceled', 'NotWanted'), '5000'],
    ['an item id that is none', (xml: string) => xml.replace('10000000000001', 'A1'), '5000'],
    ['an order id that is none', (xml: string) => xml.replaceAll(id, '902-1'), '5000'],
    ['an element that is not closed', (xml: string) => xml.replace('</Item>', ''), '5000'],
    ['an element of its own', (xml: string) => xml.replace('<Item>', '<Note>x</Note><Item>'), '5000'],
    ['an attribute of its own', (xml: string) => xml.replace('<Item>', '<Item a="1">'), '5000'],
    ['no declaration', (xml: string) => xml.replace(/^<\?xml.*\?>\n/, ''), '5000'],
    [
      'a document type',
      (xml: string) => xml.replace('<AmazonEnvelope', '<!DOCTYPE a><AmazonEnvelope'),
      '5000',
    ],
    ['the same MessageID twice', (xml: string) => xml.replace(/<Message>.*<\/Message>/, '$&$&'), '5000'],
    ['another encoding than it names', (xml: string) => xml.replace('UTF-8', 'ISO-8859-1'), '5000'],
    ["another seller's id", (xml: string) => xml.replace(sellerId, 'A2OTHER'), '5002'],
    [
      'a type that does not fit the feed',
      (xml: string) => xml.replaceAll('OrderAcknowledgement', 'OrderAdjustment'),
      '25',
    ],
  ] as const)('CAN-13: as a whole are refused with %s', async (_what, spoil, code) => {
    const feedId = await feeds.send(cancels, spoil(whole()));
    world.now += 90_000;
    const { status, results, report } = await feeds.ended(feedId);
    expect([status, results]).toEqual(['DONE', [['0', 'Error', code]]]);
    expect(report).toContain('<MessagesProcessed>0<');
    expect(orderStatus()).toBe('UNSHIPPED');
  });

  it('tell of each message by itself, packed and in another encoding where they are told to', async () => {
    world.switches.set('amazon.feed-report-packing', 'gzip');
    world.switches.set('amazon.feed-report-encoding', 'iso-8859-1');
    world.faults.push({
      service: 'amazon',
      match: { topic: cancels },
      kind: 'reject-message',
      value: '18099: Größe & Ähnliches',
    });
    const unknown = '902-0000001-0000009';
    const bodies = [cancel(id, lines), cancel(unknown, lines), cancel(other, lines)];
    const { results, report, contentType } = await feeds.run('OrderAcknowledgement', ...bodies);
    expect(contentType).toBe('text/xml; charset=iso-8859-1');
    expect(results).toEqual([
      ['1', 'Error', '18099'],
      ['2', 'Error', '18028'],
    ]);
    expect(report).toContain('Größe &amp; Ähnliches');
    expect(report).toContain(`<AmazonOrderID>${unknown}<`);
    expect([orderStatus(), orderStatus(other)]).toEqual(['UNSHIPPED', 'CANCELLED']);
    expect(world.amazon.show(sellerId, id)?.feedMessages).toMatchObject([
      { messageId: '1', accepted: false, results: [{ messageCode: '18099' }] },
    ]);
    expect(world.amazon.show(sellerId, other)?.feedMessages).toMatchObject([
      { messageId: '3', accepted: true },
    ]);
  });

  it('warn without refusing', async () => {
    const value = 'Warning 18100 Look again';
    world.faults.push({ service: 'amazon', match: {}, kind: 'reject-message', value });
    const { results } = await feeds.run('OrderAcknowledgement', cancel(id, lines));
    expect([results, orderStatus()]).toEqual([[['1', 'Warning', '18100']], 'CANCELLED']);
  });

  it.each([
    ['none', 'UNSHIPPED', undefined],
    ['another-order', 'UNSHIPPED', '902-9999999-9999999'],
  ])('name %s in a result', async (position, status, named) => {
    world.switches.set('amazon.feed-report-info', position);
    const { report } = await feeds.run(
      'OrderAcknowledgement',
      cancel(id, ['10000000000001', '10000000000009']),
    );
    expect(/<AmazonOrderID>([^<]*)</.exec(report)?.[1]).toBe(named);
    expect(orderStatus()).toBe(status);
  });

  it.each([
    ['none', ['UNSHIPPED', 'UNSHIPPED']],
    ['some', ['CANCELLED', 'UNSHIPPED']],
    ['all', ['CANCELLED', 'CANCELLED']],
  ])('CAN-13: FATAL may mean %s', async (value, statuses) => {
    world.faults.push({ service: 'amazon', match: { operation: 'createFeed' }, kind: 'fatal-feed', value });
    const { status, report } = await feeds.run(
      'OrderAcknowledgement',
      cancel(id, lines),
      cancel(other, lines),
    );
    expect([status, report]).toEqual(['FATAL', '']);
    expect([orderStatus(), orderStatus(other)]).toEqual(statuses);
  });

  it('CAN-13: FATAL may leave a report', async () => {
    world.switches.set('amazon.fatal-feed-report', 'report');
    world.faults.push({ service: 'amazon', match: {}, kind: 'fatal-feed', value: 'all' });
    const { status, report } = await feeds.run('OrderAcknowledgement', cancel(id, lines));
    expect([status, report]).toEqual(['FATAL', expect.stringContaining('<MessagesSuccessful>1<') as string]);
  });

  it.each([
    ['in the queue', 'queue', 'IN_QUEUE', 'UNSHIPPED'],
    ['under way, with nothing done', 'none', 'IN_PROGRESS', 'UNSHIPPED'],
    ['under way, with all done', 'all', 'IN_PROGRESS', 'CANCELLED'],
  ])('CAN-13: hang %s, and go on in the end', async (_what, value, hanging, status) => {
    const ms = 6 * 3_600_000;
    world.faults.push({ service: 'amazon', match: { topic: cancels }, kind: 'stuck-feed', value, ms });
    const stuck = await feeds.send(cancels, whole());
    const next = await feeds.send(cancels, whole(other));
    world.now += 3_600_000;
    expect([await statusOf(stuck), orderStatus()]).toEqual([hanging, status]);
    expect([await statusOf(next), orderStatus(other)]).toEqual(['DONE', 'CANCELLED']);
    world.now += ms;
    expect([await statusOf(stuck), orderStatus()]).toEqual(['DONE', 'CANCELLED']);
    expect((await feeds.ended(stuck)).results).toEqual([]);
    expect(world.amazon.show(sellerId, id)?.cancellations).toHaveLength(1);
  });

  it('hang for ever without a time', async () => {
    world.faults.push({ service: 'amazon', match: {}, kind: 'stuck-feed' });
    const stuck = await feeds.send(cancels, whole());
    world.now += 96 * 3_600_000;
    expect(await statusOf(stuck)).toBe('IN_PROGRESS');
  });

  it('CAN-13: show what they did later than the report where that is switched on', async () => {
    world.switches.set('amazon.feed-effect', 'later');
    const { results } = await feeds.run('OrderAcknowledgement', cancel(id, lines));
    expect([results, orderStatus()]).toEqual([[], 'UNSHIPPED']);
    world.now += 300_000;
    expect(orderStatus()).toBe('CANCELLED');
  });

  it('come to be although the answer was lost, at once or later', async () => {
    const count = async () =>
      ((await world.get(feedsPath, { feedTypes: cancels })).body as unknown as { feeds: unknown[] }).feeds
        .length;
    const document = await feeds.upload(whole());
    for (const [kind, found] of [
      ['drop-request', 0],
      ['drop-answer', 1],
      ['late-effect', 2],
    ] as const) {
      world.faults.push({ service: 'amazon', match: { operation: 'createFeed' }, kind, ms: 5000 });
      await expect(feeds.create(cancels, document)).rejects.toThrow('fetch failed');
      expect(await count()).toBe(found);
    }
  });

  it('are over after a reset', async () => {
    await feeds.send(cancels, whole());
    world.amazon.reset();
    world.amazon.placeOrders(sellerId, [plainOrder(id)]);
    world.now += 600_000;
    expect(orderStatus()).toBe('UNSHIPPED');
  });

  it('CAN-19: cancel by the flat form, and tell of each row', async () => {
    const row = (orderId: string, line: string) => [orderId, 'BuyerCanceled', line].join('\t');
    const file = [
      'TemplateType=OrderCancellation\tVersion=1.0/1.0.3\tThis row for Amazon.com use only.  Do not modify or delete.',
      'order-id\tcancellation-reason-code\tamazon-order-item-code',
      ...lines.map((line) => row(id, line)),
      row('902-0000001-0000009', '10000000000001'),
    ].join('\n');
    const type = 'text/tab-separated-values; charset=UTF-8';
    const feedId = await feeds.send('POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA', file, type);
    world.now += 90_000;
    const { report } = await feeds.ended(feedId);
    expect(report).toMatch(/processed\t\t2\n.*successful\t\t1\n\noriginal-record-number\torder-id/);
    expect(report).toMatch(/\n3\t902-0000001-0000009\t\t18028\tFatal\t/);
    expect(orderStatus()).toBe('CANCELLED');
    const wrong = await feeds.send('POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA', file.slice(5), type);
    world.now += 200_000;
    expect((await feeds.ended(wrong)).report).toContain('\n0\t\t\t90061\tFatal\t');
  });

  describe.skipIf(!existsSync(shared))("beside Amazon's model, cases and samples", () => {
    it('answers as the model says', async () => {
      const errors = modelOf(`${shared}/models/feeds_2021-06-30.json`);
      const made = await feeds.call('POST', documentsPath, { contentType: xmlType });
      expect(errors('CreateFeedDocumentResponse', made.body)).toEqual([]);
      const sent = await feeds.create(cancels, await feeds.upload(whole()));
      expect(errors('CreateFeedResponse', sent.body)).toEqual([]);
      world.now += 90_000;
      const feed = await feeds.call('GET', `${feedsPath}/${String(sent.body['feedId'])}`);
      expect(errors('Feed', feed.body)).toEqual([]);
      const result = await feeds.call('GET', `${documentsPath}/${String(feed.body['resultFeedDocumentId'])}`);
      expect(errors('FeedDocument', result.body)).toEqual([]);
      const found = await world.get(feedsPath, { feedTypes: cancels, pageSize: '1' });
      expect(errors('GetFeedsResponse', found.body)).toEqual([]);
      const refused = await feeds.create(cancels, 'badDocumentId');
      expect(errors('ErrorList', refused.body)).toEqual([]);
    });

    it("refuses what Amazon's sandbox cases refuse", async () => {
      const value = (name: string) => {
        const file = `${shared}/sandbox-cases/feeds_2021-06-30.${name}.400.json`;
        const { static: cases } = JSON.parse(readFileSync(file, 'utf8')) as {
          static: { request: { parameters: { body: { value: unknown } } } }[];
        };
        return cases[0]?.request.parameters.body.value;
      };
      expect((await feeds.call('POST', documentsPath, value('createFeedDocument'))).status).toBe(400);
      expect((await feeds.call('POST', feedsPath, value('createFeed'))).status).toBe(400);
    });

    it.each([
      ['cancel-whole-order.OrderAcknowledgement', 'OrderAcknowledgement'],
      ['acknowledge-success.OrderAcknowledgement', 'OrderAcknowledgement'],
      ['cancel-item-quantity.OrderAcknowledgement', 'OrderAcknowledgement'],
      ['refund-full-item.OrderAdjustment', 'OrderAdjustment'],
      ['partial-cancel-quantity.OrderAdjustment', 'OrderAdjustment'],
      ['ship.OrderFulfillment', 'OrderFulfillment'],
    ] as const)('reads the sample %s', async (name, type) => {
      const file = readFileSync(`${shared}/samples/feeds/${name}.xml`, 'utf8');
      const feedId = await feeds.send(feedTypes[type], file.replace('A1EXAMPLESELLER', sellerId));
      world.now += 90_000;
      const { results } = await feeds.ended(feedId);
      expect(results.filter(([message]) => message === '0')).toEqual([]);
    });

    it('writes reports in the form of the samples', async () => {
      const bare = (xml: string) => xml.replace(/>[^<>]*</g, '><');
      const clean = await feeds.run('OrderAcknowledgement', cancel(id, lines));
      const sample = (name: string) =>
        readFileSync(`${shared}/samples/processing-reports/${name}.xml`, 'utf8');
      expect(bare(clean.report).trim()).toBe(bare(sample('success')).trim());
      const failed = await feeds.run('OrderAcknowledgement', cancel('902-0000001-0000009', lines));
      expect(bare(failed.report).trim()).toBe(bare(sample('error-18028')).trim());
    });
  });
});
