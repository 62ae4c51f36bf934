import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AmazonClient } from '../../app/amazon/client.ts';
import { setClock } from '../../app/lib/clock.ts';
import { adapterBefore } from './adapter-world.ts';
import { type AmazonWorld, startAmazon } from './amazon-world.ts';

const arn = 'arn:aws:sqs:us-east-1:000000000000:own';
const other = 'arn:aws:sqs:us-east-1:000000000000:other';

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

describe("the adapter's calls of the Notifications API before the pretend Amazon", () => {
  let world: AmazonWorld;
  let client: AmazonClient;
  let close: () => Promise<void>;
  const sent: Sent[] = [];
  beforeEach(async () => {
    sent.length = 0;
    world = await startAmazon({
      queues: { lets: () => true, send: () => undefined },
      queueArn: arn,
    });
    setClock(world.now);
    const adapter = await adapterBefore((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const { method = '', url: path = '' } = request;
        if (path !== '/auth/o2/token')
          sent.push({ method, path, body: text === '' ? null : (JSON.parse(text) as unknown) });
      });
      world.amazon.handle(request, response);
    });
    ({ client } = adapter);
    close = async () => {
      await adapter.close();
      await world.close();
    };
  });
  afterEach(() => close());

  it('finds what is set up, and takes it down', async () => {
    const destinations = await client.destinations();
    expect(destinations).toMatchObject({ ok: true, value: [{ queueArn: arn }] });
    const found = await client.subscription();
    const changes = ['BuyerRequestedChange', 'OrderStatusChange'];
    expect(found).toMatchObject({ ok: true, value: { changes } });
    const [destination, subscription] = [
      destinations.ok ? destinations.value[0]?.id : '',
      found.ok ? found.value?.id : '',
    ];
    expect(await client.deleteDestination(destination ?? '')).toMatchObject({ failure: { code: 'refused' } });
    for (const time of ['first', 'second']) {
      expect(await client.unsubscribe(subscription ?? ''), time).toEqual({ ok: true, value: null });
      expect(await client.deleteDestination(destination ?? '')).toEqual({ ok: true, value: null });
    }
    expect(await client.subscription()).toEqual({ ok: true, value: null });
    expect(await client.destinations()).toEqual({ ok: true, value: [] });
  });

  it('PRO-3: makes a destination and a subscription, and knows a second one for refused', async () => {
    const made = await client.createDestination('concord', other);
    expect(made).toMatchObject({ ok: true, value: { queueArn: other } });
    const again = await client.createDestination('concord', other);
    expect(again).toMatchObject({ failure: { kind: 'final', code: 'refused' } });
    const found = await client.subscription();
    await client.unsubscribe(found.ok ? (found.value?.id ?? '') : '');
    const id = made.ok ? made.value.id : '';
    expect(await client.subscribe(id)).toMatchObject({ ok: true, value: { destinationId: id } });
    expect(await client.subscribe(id)).toMatchObject({ failure: { kind: 'final', code: 'refused' } });
  });

  it.each([
    ['drop-answer', {}],
    ['drop-request', {}],
    ['error', { status: 503, code: 'html' }],
  ] as const)('PRO-3: after %s a write is unsure, a read is tried again', async (kind, more) => {
    const fault = { service: 'amazon', match: {}, kind, ...more } as const;
    // The logins are not what is cut.
    await client.destinations();
    await client.subscription();
    world.faults.push(fault);
    expect(await client.createDestination('concord', other)).toMatchObject({ failure: { kind: 'unsure' } });
    world.faults.push(fault);
    expect(await client.subscribe('x')).toMatchObject({ failure: { kind: 'unsure' } });
    world.faults.push(fault);
    expect(await client.subscription()).toMatchObject({ failure: { kind: 'retry' } });
  });

  it('keeps the app’s own token apart from the seller’s, and renews each', async () => {
    expect(await client.destinations()).toMatchObject({ ok: true });
    world.now += 3_600_000;
    expect(await client.subscription()).toMatchObject({ ok: true });
    expect(await client.destinations()).toMatchObject({ ok: true });
    const logins = world.log.filter(({ operation }) => operation === 'token');
    expect(logins).toHaveLength(3);
  });

  const model = '../shared/amazon/models/notifications.json';
  it.skipIf(!existsSync(model))('sends bodies of the shape of Amazon’s model', async () => {
    await client.createDestination('concord', other);
    await client.subscribe('x');
    const { definitions } = JSON.parse(readFileSync(model, 'utf8')) as { definitions: object };
    const ajv = new Ajv({ strict: false, allErrors: true });
    for (const [definition, { body }] of [
      ['CreateDestinationRequest', sent[0]],
      ['CreateSubscriptionRequest', sent[1]],
    ] as [string, Sent][]) {
      const validate = ajv.compile({ $ref: `#/definitions/${definition}`, definitions });
      validate(body);
      expect(validate.errors ?? []).toEqual([]);
    }
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /notifications/v1/destinations',
      'POST /notifications/v1/subscriptions/ORDER_CHANGE',
    ]);
  });
});
