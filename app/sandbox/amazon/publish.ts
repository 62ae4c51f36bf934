import { randomUUID } from 'node:crypto';
import type { Subject, WorldParts } from '../contract.ts';
import type { Feed } from './feeds/feed-store.ts';
import type { JsonObject } from './json.ts';
import { changesOf, orderChangeMessage } from './order-change.ts';
import type { Seller } from './seller.ts';
import type { Subscriptions } from './subscriptions.ts';
import { switches } from './switches.ts';

const type = 'ORDER_CHANGE';
const subject: Subject = { operation: type, topic: type };

/**
 * Sends what Amazon tells of a changed order to the seller's subscription (`before` null: a new order). The fault
 * `duplicate-message` sends it twice, `drop-request` on the operation ORDER_CHANGE loses it.
 */
export function publishChange(
  { behaviour, clock, faults }: WorldParts,
  known: Subscriptions,
  { account: { sellerId }, authorisation }: Seller,
  before: JsonObject | null,
  after: JsonObject,
): void {
  const subscription = known.subscription(sellerId, type);
  if (!subscription || authorisation.state !== 'granted') return;
  const wanted = subscription.processingDirective?.eventFilter.orderChangeTypes;
  const time = new Date(clock.now()).toISOString();
  const { subscriptionId } = subscription;
  const told = changesOf(before, after, {
    newOrders: behaviour.get(switches.orderChangeForNewOrders) === 'yes',
    withdrawals: behaviour.get(switches.orderChangeForWithdrawal) === 'status-change',
  });
  for (const change of told.filter((one) => wanted?.includes(one) ?? true)) {
    if (faults.take('amazon', ['drop-request'], { ...subject, onlyNamed: true })) continue;
    const body = JSON.stringify(orderChangeMessage(after, change, { sellerId, subscriptionId, time }));
    const twice = faults.take('amazon', ['duplicate-message'], subject) !== undefined;
    for (let n = 0; n < (twice ? 2 : 1); n += 1) known.send(subscription, body);
  }
}

const feedType = 'FEED_PROCESSING_FINISHED';

/** Tells a seller's subscription that a feed has ended, as Amazon's schema FeedProcessingFinishedNotification.json has it. */
export function publishFeedEnd(
  { clock, faults }: WorldParts,
  known: Subscriptions,
  { account: { sellerId }, authorisation }: Seller,
  { id, type: typeOfFeed, status, resultDocumentId }: Feed,
): void {
  const subscription = known.subscription(sellerId, feedType);
  if (!subscription || authorisation.state !== 'granted') return;
  const about: Subject = { operation: feedType, topic: feedType };
  if (faults.take('amazon', ['drop-request'], { ...about, onlyNamed: true })) return;
  const time = new Date(clock.now()).toISOString();
  const body = JSON.stringify({
    notificationVersion: '2020-09-04',
    notificationType: feedType,
    payloadVersion: '2020-09-04',
    eventTime: time,
    payload: {
      feedProcessingFinishedNotification: {
        sellerId,
        accountId: `amzn1.merchant.o.${sellerId}`,
        feedId: id,
        feedType: typeOfFeed,
        processingStatus: status,
        ...(resultDocumentId === null ? {} : { resultFeedDocumentId: resultDocumentId }),
      },
    },
    notificationMetadata: {
      applicationId: 'amzn1.sp.solution.sandbox',
      subscriptionId: subscription.subscriptionId,
      publishTime: time,
      notificationId: randomUUID(),
    },
  });
  const twice = faults.take('amazon', ['duplicate-message'], about) !== undefined;
  for (let n = 0; n < (twice ? 2 : 1); n += 1) known.send(subscription, body);
}
