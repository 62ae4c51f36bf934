import { z } from 'zod';
import type { Fault, Faults, Subject } from '../../contract.ts';
import { type Answer, invalidInput, notFound, unauthorized } from '../answers.ts';
import { documentUrl } from '../documents.ts';
import { jsonBody } from '../json-body.ts';
import { onePage, pageOf } from '../page-of.ts';
import { BadParameter, list, listOf, time } from '../query.ts';
import type { Seller } from '../seller.ts';
import { type FeedFate, type FeedWork, shownFeed } from './feed-store.ts';
import { isFeedType } from './work-on-feed.ts';

/** What the operations of feeds work on. */
export interface FeedWorld {
  readonly now: number;
  readonly faults: Faults;
  readonly work: FeedWork;
}

/** A call around feeds. */
interface FeedCall {
  readonly operation:
    'createFeedDocument' | 'createFeed' | 'getFeed' | 'getFeeds' | 'cancelFeed' | 'getFeedDocument';
  readonly id: string;
  readonly subject: Subject;
  readonly query: URLSearchParams;
  readonly body: string;
}

const dayMs = 24 * 3_600_000;
const statuses = ['CANCELLED', 'DONE', 'FATAL', 'IN_PROGRESS', 'IN_QUEUE'];
const documentShape = z.object({ contentType: z.string().regex(/^[\w.+-]+\/[\w.+-]+(\s*;.*)?$/) });
const feedShape = z.object({
  feedType: z.string().regex(/^POST_[A-Z0-9_]+$/),
  marketplaceIds: z.array(z.string().min(1)).min(1).max(25),
  inputFeedDocumentId: z.string().min(1),
  feedOptions: z.record(z.string(), z.string()).optional(),
});

/** How a fault wants a feed to end: the value names its effects, `queue` lets a stuck one wait in the queue. */
function fateOf(fault: Fault | undefined): FeedFate | null {
  if (fault?.kind !== 'stuck-feed' && fault?.kind !== 'fatal-feed') return null;
  const effects = (['some', 'all'] as const).find((one) => one === fault.value) ?? 'none';
  return {
    kind: fault.kind,
    effects,
    inQueue: fault.kind === 'stuck-feed' && fault.value === 'queue',
    ms: fault.ms ?? null,
  };
}

function createFeed({ faults, work }: FeedWorld, seller: Seller, { body, subject }: FeedCall): Answer {
  const wish = jsonBody(feedShape, body);
  const { marketplaceIds: own } = seller.account;
  if (own !== undefined && wish.marketplaceIds.some((id) => !own.includes(id)))
    return unauthorized('The seller does not sell in one of the marketplaces.');
  if (!isFeedType(wish.feedType)) return invalidInput(`The pretend Amazon does not take ${wish.feedType}.`);
  const input = seller.feeds.input(wish.inputFeedDocumentId);
  if (!input) return invalidInput('inputFeedDocumentId is not valid.');
  const fault = faults.take('amazon', ['stuck-feed', 'fatal-feed'], { ...subject, topic: wish.feedType });
  const { feedType: type, marketplaceIds } = wish;
  return {
    status: 202,
    body: { feedId: seller.feeds.add({ type, marketplaceIds, input, fate: fateOf(fault) }, work) },
  };
}

function getFeeds({ now }: FeedWorld, seller: Seller, query: URLSearchParams): Answer {
  const place = pageOf(query, 'feedTypes');
  const types = list(place.wish, 'feedTypes');
  if (types === null || types.length > 10)
    throw new BadParameter('One to ten feedTypes, or nextToken, must be given.');
  const markets = list(place.wish, 'marketplaceIds');
  const wanted = listOf(place.wish, 'processingStatuses', statuses);
  const since = time(place.wish, 'createdSince') ?? now - 90 * dayMs;
  const until = time(place.wish, 'createdUntil') ?? now;
  const found = seller.feeds.list().filter((feed) => {
    const isThen = feed.createdAt >= since && feed.createdAt <= until && feed.createdAt > now - 90 * dayMs;
    const isThere = markets?.some((id) => feed.marketplaceIds.includes(id)) ?? true;
    return types.includes(feed.type) && (wanted?.includes(feed.status) ?? true) && isThen && isThere;
  });
  const { page, next } = onePage(found, place);
  return { status: 200, body: { feeds: page.map(shownFeed), ...next } };
}

/** Answers one call around feeds. Throws BadParameter for what Amazon refuses. */
export function feeds(world: FeedWorld, seller: Seller, call: FeedCall): Answer {
  const { operation, id, query, body } = call;
  switch (operation) {
    case 'createFeedDocument': {
      const { contentType } = jsonBody(documentShape, body);
      const { id: feedDocumentId, key } = seller.feeds.addDocument(contentType);
      return { status: 201, body: { feedDocumentId, url: documentUrl(key) } };
    }
    case 'createFeed':
      return createFeed(world, seller, call);
    case 'getFeeds':
      return getFeeds(world, seller, query);
    case 'getFeed': {
      const feed = seller.feeds.get(id);
      return feed ? { status: 200, body: shownFeed(feed) } : notFound('There is no such feed.');
    }
    case 'cancelFeed': {
      const feed = seller.feeds.get(id);
      if (!feed) return notFound('There is no such feed.');
      return seller.feeds.cancel(feed)
        ? { status: 200, body: {} }
        : invalidInput('Only a feed that is IN_QUEUE can be cancelled.');
    }
    case 'getFeedDocument': {
      const link = seller.feeds.link(id);
      if (!link) return notFound('There is no such feed document.');
      const packing = link.packed ? { compressionAlgorithm: 'GZIP' } : {};
      return { status: 200, body: { feedDocumentId: id, url: documentUrl(link.key), ...packing } };
    }
  }
}
