import type { Failure } from '../domain/failure.ts';
import { createOrderKey } from '../domain/command.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import type { ShopifyReading } from '../domain/shopify-order.ts';
import { now } from '../lib/clock.ts';
import { needsHandling } from '../domain/needs-handling.ts';
import { lookUpOrders, questionsPerRequest, type OrderQuestion } from '../shopify/look-up-orders.ts';
import { handlingsPerRequest, readHandling } from '../shopify/read-handling.ts';
import type { Services } from './services.ts';
import type { Work } from './work.ts';

/**
 * A failed look as a reading: for looking, an answer that went missing is the same as one that failed. Only an order that
 * is not there cannot be read later either; a refused access may be granted again.
 */
export function unreadableBecause(failure: Failure): {
  kind: 'unreadable';
  why: string;
  at: number | null;
  final: boolean;
} {
  const at = failure.kind === 'retry' ? failure.at : null;
  return { kind: 'unreadable', why: failure.sentence, at, final: failure.code === 'not_found' };
}

/**
 * The link is certain once the create is confirmed, or was answered at its first try; until then both look-ups by
 * Amazon's id are asked.
 */
function question(work: Work): OrderQuestion {
  const { amazonOrderId, link } = work.order;
  const create = work.commands.find((c) => c.key === createOrderKey(amazonOrderId));
  const answered = create?.state === 'accepted' && create.attempt === 1;
  const certain = link.shopifyOrderId !== null && (!create || create.state === 'confirmed' || answered);
  return { amazonOrderId, shopifyOrderId: link.shopifyOrderId, search: !certain };
}

/** Looks at Shopify for a batch of orders, many in one request. */
export async function lookAtShopify(
  services: Services,
  shop: ShopDomain,
  batch: readonly Work[],
): Promise<Map<AmazonOrderId, ShopifyReading>> {
  const readings = new Map<AmazonOrderId, ShopifyReading>();
  const client = services.shopify(shop);
  for (let i = 0; i < batch.length; i += questionsPerRequest) {
    const questions = batch.slice(i, i + questionsPerRequest).map(question);
    const startedAt = now();
    const slot = client.throttle.take(questions.length);
    const answers = slot.ok ? await lookUpOrders(client, questions) : null;
    for (const { amazonOrderId } of questions) {
      if (!slot.ok)
        readings.set(amazonOrderId, {
          kind: 'unreadable',
          why: 'Shopify’s limit is reached for the moment.',
          at: slot.at,
          final: false,
        });
      else if (!answers?.ok)
        readings.set(
          amazonOrderId,
          unreadableBecause(answers?.failure ?? { kind: 'retry', code: '', sentence: '', at: null }),
        );
      else {
        const answer = answers.value.get(amazonOrderId);
        readings.set(amazonOrderId, {
          kind: 'read',
          startedAt,
          linked: answer?.linked ?? null,
          found: answer?.found ?? null,
          unclear: answer?.unclear ?? [],
          handling: null,
        });
      }
    }
    if (answers && !answers.ok && answers.failure.kind === 'reconnect') services.forgetToken(shop);
  }
  await lookAtHandling(services, shop, batch, readings);
  return readings;
}

/** Of orders with a request: also the mark and the work on them. What cannot be read makes the order unreadable. */
async function lookAtHandling(
  services: Services,
  shop: ShopDomain,
  batch: readonly Work[],
  readings: Map<AmazonOrderId, ShopifyReading>,
): Promise<void> {
  const wanted = batch.flatMap(({ order, amazon, requests, claims, commands }) => {
    const reading = readings.get(order.amazonOrderId);
    if (reading?.kind !== 'read' || !reading.linked) return [];
    const amazonOrder = amazon.kind === 'read' ? amazon.order : (order.remembered?.order ?? null);
    const needed = needsHandling(amazonOrder, requests, claims, commands);
    return needed ? [{ id: order.amazonOrderId, reading, linked: reading.linked.id }] : [];
  });
  for (let i = 0; i < wanted.length; i += handlingsPerRequest) {
    const group = wanted.slice(i, i + handlingsPerRequest);
    const read = await readHandling(
      services.shopify(shop),
      group.map(({ linked }) => linked),
    );
    for (const { id, reading, linked } of group)
      readings.set(
        id,
        read.ok ? { ...reading, handling: read.value.get(linked) ?? null } : unreadableBecause(read.failure),
      );
  }
}
