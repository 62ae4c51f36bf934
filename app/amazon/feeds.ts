import { z } from 'zod';
import type { Result } from '../domain/failure.ts';
import { fail, ok } from '../domain/failure.ts';
import { askShape } from './ask-shape.ts';
import type { Download } from './download.ts';
import type { Call, Session } from './session.ts';
import type { Upload } from './upload.ts';

/** A feed to be made of an uploaded document. Amazon wants 1 to 25 marketplaces. */
interface FeedWish {
  readonly feedType: string;
  readonly marketplaceIds: readonly string[];
  readonly documentId: string;
  /** Asked last before it leaves: whether its sender may still make it. */
  readonly mayStill: () => boolean;
}

/** How far Amazon has come with a feed. `createdAt` in ms UTC. */
export interface FeedStatus {
  readonly feedId: string;
  readonly feedType: string;
  /** `done` says nothing about its messages (CAN-13); `fatal`: none, some or all of them may have been carried out. */
  readonly state: 'queued' | 'working' | 'done' | 'cancelled' | 'fatal';
  readonly createdAt: number;
  /** Of its processing report; there may be one after `fatal`, too. */
  readonly reportDocumentId: string | null;
}

/** What there is to do with feeds. None waits for a slot or for Amazon to be ready, and none repeats. */
export interface FeedCalls {
  /**
   * Uploads a document and answers its id, which is good for two days. It does nothing by itself, so that every failure is
   * harmless, also that of an address that is over.
   */
  uploadFeed(contents: string, contentType: string): Promise<Result<string>>;
  /**
   * Makes a feed and answers its id. The same again is another feed: a lost answer is `unsure`, look with `findFeeds`.
   * Without a slot, throttled, or where its sender came too late, it is `retry`, and there is none.
   */
  createFeed(wish: FeedWish): Promise<Result<string>>;
  /** When a slot for `createFeed` is free (ms UTC), now or earlier where one is. Takes none. */
  createFeedSlotAt(): Promise<number>;
  getFeed(feedId: string): Promise<Result<FeedStatus>>;
  /** All feeds of a type that were made since then (ms UTC). Never a part of them: a page that fails, fails all. */
  findFeeds(feedType: string, createdSince: number): Promise<Result<readonly FeedStatus[]>>;
  /** Opens a processing report. It holds no buyer data and needs no token of its own. */
  openFeedReport(documentId: string): Promise<Result<Download>>;
}

// Rates: Amazon's model feeds_2021-06-30.
const limits = {
  createFeedDocument: { ratePerSecond: 0.5, burst: 15 },
  createFeed: { ratePerSecond: 0.0083, burst: 15 },
  getFeed: { ratePerSecond: 2, burst: 15 },
  getFeeds: { ratePerSecond: 0.0222, burst: 10 },
  getFeedDocument: { ratePerSecond: 0.0222, burst: 10 },
} as const;

const createFeedName = 'feeds.createFeed';
/** As many pages of a hundred as getFeeds gives at once. */
const mostPages = 10;

const id = z.string().min(1);
const feedShape = z
  .object({
    feedId: id,
    feedType: z.string(),
    processingStatus: z.string(),
    createdTime: z.string().transform((text) => Date.parse(text)),
    resultFeedDocumentId: id.nullish(),
  })
  .refine(({ createdTime }) => !Number.isNaN(createdTime));
const feedsShape = z.object({ feeds: z.array(feedShape), nextToken: z.string().min(1).nullish() });
const documentShape = z.object({ url: z.string() });
const placeShape = z.object({ feedDocumentId: id, url: z.string() });

// A status that is not known is one on the way: whoever waits looks again, and is told when it takes too long.
const states: Readonly<Record<string, FeedStatus['state']>> = {
  IN_QUEUE: 'queued',
  DONE: 'done',
  CANCELLED: 'cancelled',
  FATAL: 'fatal',
};

function toStatus(feed: z.infer<typeof feedShape>): FeedStatus {
  return {
    feedId: feed.feedId,
    feedType: feed.feedType,
    state: states[feed.processingStatus] ?? 'working',
    createdAt: feed.createdTime,
    reportDocumentId: feed.resultFeedDocumentId ?? null,
  };
}

function createCall({ feedType, marketplaceIds, documentId, mayStill }: FeedWish): Call {
  return {
    operation: createFeedName,
    limit: limits.createFeed,
    query: {},
    writes: true,
    mayStill,
    body: { feedType, marketplaceIds, inputFeedDocumentId: documentId },
  };
}

async function findFeeds(
  session: Session,
  feedType: string,
  createdSince: number,
): Promise<Result<readonly FeedStatus[]>> {
  const found: FeedStatus[] = [];
  let query: Call['query'] = {
    feedTypes: [feedType],
    createdSince: new Date(createdSince).toISOString(),
    pageSize: 100,
  };
  for (let pages = 0; pages < mostPages; pages += 1) {
    const call = { operation: 'feeds.getFeeds', limit: limits.getFeeds, query };
    const page = await askShape(session, call, feedsShape);
    if (!page.ok) return page;
    found.push(...page.value.feeds.map(toStatus));
    const { nextToken } = page.value;
    if (!nextToken) return ok(found);
    // The token stands for all parameters; with others beside it Amazon refuses it.
    query = { nextToken };
  }
  const sentence = `Amazon lists more than ${mostPages * 100} feeds of one type.`;
  return fail({ kind: 'retry', code: 'too_many', sentence, at: null });
}

/** The calls for feeds of one seller; `download` and `upload` go to addresses that Amazon signed. */
export function feedCalls(
  session: Session,
  download: (url: string) => Promise<Result<Download>>,
  upload: (url: string, file: Upload) => Promise<Result<null>>,
): FeedCalls {
  return {
    async uploadFeed(contents, contentType) {
      const { createFeedDocument: limit } = limits;
      const call = { operation: 'feeds.createFeedDocument', limit, query: {}, body: { contentType } };
      const place = await askShape(session, call, placeShape);
      if (!place.ok) return place;
      const kept = await upload(place.value.url, { contents, contentType });
      return kept.ok ? ok(place.value.feedDocumentId) : kept;
    },
    async createFeed(wish) {
      const made = await askShape(session, createCall(wish), z.object({ feedId: id }));
      return made.ok ? ok(made.value.feedId) : made;
    },
    createFeedSlotAt: () => session.slotAt(createFeedName),
    async getFeed(feedId) {
      const call = { operation: 'feeds.getFeed', limit: limits.getFeed, path: { feedId }, query: {} };
      const feed = await askShape(session, call, feedShape);
      return feed.ok ? ok(toStatus(feed.value)) : feed;
    },
    findFeeds: (feedType, createdSince) => findFeeds(session, feedType, createdSince),
    async openFeedReport(feedDocumentId) {
      const { getFeedDocument: limit } = limits;
      const call = { operation: 'feeds.getFeedDocument', limit, path: { feedDocumentId }, query: {} };
      const document = await askShape(session, call, documentShape);
      return document.ok ? download(document.value.url) : document;
    },
  };
}
