import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import type { Timers } from '../timers.ts';
import type { FeedFile } from './report.ts';

/** A document that a feed is made of. Times in milliseconds. */
interface InputDocument {
  readonly id: string;
  readonly contentType: string;
  readonly createdAt: number;
  bytes: Buffer | null;
}

/** How a feed is to end when a fault says so. */
export interface FeedFate {
  readonly kind: 'stuck-feed' | 'fatal-feed';
  /** How many of its messages have their effect. */
  readonly effects: 'none' | 'some' | 'all';
  /** A stuck feed waits in the queue, and not under way. */
  readonly inQueue: boolean;
  /** How long a stuck feed hangs; null: for ever. */
  readonly ms: number | null;
}

/** A feed as Amazon keeps it. */
export interface Feed {
  readonly id: string;
  readonly type: string;
  readonly marketplaceIds: readonly string[];
  readonly createdAt: number;
  readonly input: { readonly bytes: Buffer | null; readonly contentType: string };
  readonly fate: FeedFate | null;
  status: 'IN_QUEUE' | 'IN_PROGRESS' | 'DONE' | 'CANCELLED' | 'FATAL';
  startedAt: number | null;
  endedAt: number | null;
  resultDocumentId: string | null;
}

/** What the work on a feed leads to. */
export interface FeedEnd {
  readonly status: 'DONE' | 'FATAL';
  readonly report: FeedFile | null;
}

/** The work on a feed: `hung` when it comes to the point where it hangs, `end` when it is through. */
export interface FeedWork {
  hung(feed: Feed): void;
  end(feed: Feed): FeedEnd;
  ended(feed: Feed): void;
}

const queuedMs = 30_000;
const workMs = 60_000;
const linkMs = 5 * 60_000;
const unusedMs = 2 * 24 * 3_600_000;
const reportMs = 28 * 24 * 3_600_000;

const idOf = () => `amzn1.tortuga.4.na.${randomUUID()}`;
const iso = (ms: number) => new Date(ms).toISOString();

/** The feeds and their documents of one seller. Amazon takes the feeds of a type one after the other. */
export class FeedStore {
  readonly #timers: Timers;
  readonly #inputs = new Map<string, InputDocument>();
  readonly #results = new Map<string, { readonly file: FeedFile; readonly createdAt: number }>();
  readonly #uploads = new Map<string, { readonly document: InputDocument; readonly until: number }>();
  readonly #downloads = new Map<string, { readonly file: FeedFile; readonly until: number }>();
  readonly #feeds: Feed[] = [];
  readonly #byId = new Map<string, Feed>();
  readonly #busy = new Set<string>();

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** A place for a document, and the key of the link to upload it by, which holds for five minutes. */
  addDocument(contentType: string): { readonly id: string; readonly key: string } {
    const now = this.#timers.now();
    const document = { id: idOf(), contentType, createdAt: now, bytes: null };
    const key = randomBytes(16).toString('hex');
    this.#inputs.set(document.id, document);
    this.#uploads.set(key, { document, until: now + linkMs });
    return { id: document.id, key };
  }

  /** What is uploaded by a link: kept, or why not. Null where it is no such link. */
  upload(key: string, contentType: string, bytes: Buffer): 'kept' | 'over' | 'other-type' | null {
    const link = this.#uploads.get(key);
    if (!link) return null;
    if (this.#timers.now() >= link.until) return 'over';
    if (link.document.contentType !== contentType) return 'other-type';
    link.document.bytes = bytes;
    return 'kept';
  }

  /** A document for a feed; null where there is none, or where it lay unused for two days. */
  input(id: string): Feed['input'] | null {
    const document = this.#inputs.get(id);
    if (!document || this.#timers.now() - document.createdAt >= unusedMs) return null;
    return { bytes: document.bytes, contentType: document.contentType };
  }

  /** Takes a feed and sees to it that it is worked on; its id. */
  add(wish: Pick<Feed, 'type' | 'marketplaceIds' | 'input' | 'fate'>, work: FeedWork): string {
    const id = String(randomInt(50_000_000_000, 59_999_999_999));
    const feed: Feed = {
      ...wish,
      id,
      createdAt: this.#timers.now(),
      status: 'IN_QUEUE',
      startedAt: null,
      endedAt: null,
      resultDocumentId: null,
    };
    this.#feeds.push(feed);
    this.#byId.set(id, feed);
    if (!(feed.fate?.inQueue ?? false))
      this.#later(feed.createdAt + queuedMs, feed, () => this.#start(feed, work));
    else if (feed.fate?.ms != null)
      this.#later(feed.createdAt + feed.fate.ms, feed, () => this.#start(feed, work));
    return id;
  }

  #later(at: number, { type }: Feed, run: () => void): void {
    this.#timers.later(at, `feed ${type}`, run);
  }

  #start(feed: Feed, work: FeedWork): void {
    if (feed.status !== 'IN_QUEUE') return;
    if (this.#busy.has(feed.type)) {
      this.#later(this.#timers.now() + queuedMs, feed, () => this.#start(feed, work));
      return;
    }
    feed.status = 'IN_PROGRESS';
    feed.startedAt = this.#timers.now();
    const hangs = feed.fate?.kind === 'stuck-feed' && !feed.fate.inQueue;
    if (!hangs) this.#busy.add(feed.type);
    this.#later(feed.startedAt + workMs, feed, () => {
      if (hangs) work.hung(feed);
      const more = hangs ? feed.fate.ms : 0;
      if (more === 0) this.#end(feed, work);
      else if (more !== null) this.#later(this.#timers.now() + more, feed, () => this.#end(feed, work));
    });
  }

  #end(feed: Feed, work: FeedWork): void {
    const { status, report } = work.end(feed);
    const now = this.#timers.now();
    this.#busy.delete(feed.type);
    feed.status = status;
    feed.endedAt = now;
    if (report) {
      feed.resultDocumentId = idOf();
      this.#results.set(feed.resultDocumentId, { file: report, createdAt: now });
    }
    work.ended(feed);
  }

  /** Cancels a feed that waits; false where it does not. */
  cancel(feed: Feed): boolean {
    if (feed.status !== 'IN_QUEUE') return false;
    feed.status = 'CANCELLED';
    feed.endedAt = this.#timers.now();
    return true;
  }

  get(id: string): Feed | undefined {
    return this.#byId.get(id);
  }

  /** All feeds, the newest first. */
  list(): Feed[] {
    return this.#feeds.toReversed();
  }

  /** A link to a document that holds for five minutes; null where there is no such document, or no more. */
  link(documentId: string): { readonly key: string; readonly packed: boolean } | null {
    const now = this.#timers.now();
    const result = this.#results.get(documentId);
    const input = this.#inputs.get(documentId);
    const file =
      result && now - result.createdAt < reportMs
        ? result.file
        : input?.bytes
          ? { bytes: input.bytes, contentType: input.contentType, packed: false }
          : null;
    if (!file) return null;
    const key = randomBytes(16).toString('hex');
    this.#downloads.set(key, { file, until: now + linkMs });
    return { key, packed: file.packed };
  }

  /** The file behind a link; `over` where its five minutes have passed, null where it never was one. */
  fetch(key: string): FeedFile | 'over' | null {
    const link = this.#downloads.get(key);
    if (!link) return null;
    return this.#timers.now() < link.until ? link.file : 'over';
  }
}

/** A feed in the shape of the model. */
export function shownFeed(feed: Feed): JsonObject {
  return {
    feedId: feed.id,
    feedType: feed.type,
    marketplaceIds: feed.marketplaceIds,
    createdTime: iso(feed.createdAt),
    processingStatus: feed.status,
    ...(feed.startedAt === null ? {} : { processingStartTime: iso(feed.startedAt) }),
    ...(feed.endedAt === null ? {} : { processingEndTime: iso(feed.endedAt) }),
    ...(feed.resultDocumentId === null ? {} : { resultFeedDocumentId: feed.resultDocumentId }),
  };
}
