import type { Fault, WorldParts } from '../../contract.ts';
import { objectsIn, textIn } from '../json.ts';
import type { SellerDesk } from '../seller-desk.ts';
import type { Seller } from '../seller.ts';
import { switches } from '../switches.ts';
import { judgeAcknowledgement } from './acknowledge.ts';
import { judgeAdjustment } from './adjust.ts';
import { type FeedMessage, type FeedType, readEnvelope } from './envelope.ts';
import type { Feed, FeedEnd, FeedWork } from './feed-store.ts';
import { flatTypes, readFlatCancel } from './flat-cancel.ts';
import { judgeFulfillment } from './fulfill.ts';
import { codes, type FeedContext, type Judgement } from './judge.ts';
import { type MessageResult, type Outcome, reportFile } from './report.ts';
import { flatReportFile } from './flat-report.ts';

/** What feeds are worked on with. */
export interface FeedParts {
  readonly parts: WorldParts;
  readonly seller: Seller;
  readonly desk: SellerDesk;
  /** Tells of the feed's end. */
  readonly tell: (feed: Feed) => void;
}

const laterMs = 5 * 60_000;

const judges: ReadonlyMap<string, typeof judgeAcknowledgement> = new Map([
  ['POST_ORDER_ACKNOWLEDGEMENT_DATA', judgeAcknowledgement],
  ['POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA', judgeAcknowledgement],
  ['POST_PAYMENT_ADJUSTMENT_DATA', judgeAdjustment],
  ['POST_ORDER_FULFILLMENT_DATA', judgeFulfillment],
]);

/** Whether feeds of the type are worked on. */
export function isFeedType(type: string): boolean {
  return judges.has(type);
}

function contextOf({ parts, seller, desk }: FeedParts, feedId: string): FeedContext {
  return {
    feedId,
    desk,
    order: (id) => seller.orders.get(id),
    orderByMerchantId(own) {
      const all = seller.orders.from('createdAt', Number.NEGATIVE_INFINITY);
      for (const stored of all)
        if (objectsIn(stored.order, 'orderAliases').some((alias) => textIn(alias, 'aliasId') === own))
          return stored;
      return undefined;
    },
    position: (name) => parts.behaviour.get(name),
  };
}

/** What a fault puts into the report instead: `Error` or `Warning`, a number and a text, each may be left out. */
function asked({ value = '', code }: Fault): Pick<MessageResult, 'code' | 'messageCode' | 'text'> {
  const [, kind, number, text] = /^(Error|Warning)?\s*(\d+)?[\s:]*(.*)$/s.exec(value) ?? [];
  return {
    code: kind === 'Warning' ? 'Warning' : 'Error',
    messageCode: number ?? code ?? codes.invalid,
    text: text || 'The data you submitted is incomplete or invalid.',
  };
}

interface Judged {
  readonly message: FeedMessage;
  readonly judgement: Judgement;
  readonly results: readonly MessageResult[];
}

/** Which order a result names: the message's own, none, or (as has been seen) another. */
function named({ parts }: FeedParts, orderId: string): string | undefined {
  const position = parts.behaviour.get(switches.feedReportInfo);
  if (position === 'none') return undefined;
  return position === 'order' ? orderId : '902-9999999-9999999';
}

function judge(feedParts: FeedParts, context: FeedContext, feed: Feed, message: FeedMessage): Judged {
  const judgeOne = judges.get(feed.type);
  if (!judgeOne) throw new Error(`Nobody judges messages of ${feed.type}.`);
  const judgement = judgeOne(context, message.body);
  const { orderId } = judgement;
  const info = named(feedParts, orderId);
  const fault = feedParts.parts.faults.take('amazon', ['reject-message'], {
    operation: 'createFeed',
    topic: feed.type,
  });
  const result = (
    code: MessageResult['code'],
    messageCode: string,
    text: string,
    orderItemId?: string,
  ): MessageResult => ({ messageId: message.id, code, messageCode, text, orderId: info, orderItemId });
  const own = judgement.complaints.map((one) =>
    result('Error', one.messageCode, one.text, info === orderId ? one.orderItemId : undefined),
  );
  const extra = fault ? asked(fault) : null;
  const results = extra ? [...own, result(extra.code, extra.messageCode, extra.text)] : own;
  return { message, judgement, results };
}

function applied(feedParts: FeedParts, feed: Feed, judged: readonly Judged[]): void {
  const { parts, seller, desk } = feedParts;
  const isLate = parts.behaviour.get(switches.feedEffect) === 'later';
  const time = new Date(parts.clock.now()).toISOString();
  for (const { message, judgement, results } of judged) {
    const accepted = results.every(({ code }) => code !== 'Error');
    const { orderId, effect } = judgement;
    desk.noteFeedMessage(orderId, {
      feedId: feed.id,
      feedType: feed.type,
      messageId: message.id,
      time,
      accepted,
      results: results.map(({ code, messageCode, text }) => ({ code, messageCode, text })),
    });
    if (!accepted) continue;
    if (isLate) seller.timers.later(parts.clock.now() + laterMs, `effect of feed ${feed.id}`, effect);
    else effect();
  }
}

/** Reads, judges and carries out as many messages as are meant to have their effect; `before` are done already. */
function process(
  feedParts: FeedParts,
  feed: Feed,
  effects: 'none' | 'some' | 'all',
  before: Outcome | null = null,
): Outcome {
  const { sellerId } = feedParts.seller.account;
  const { bytes, contentType } = feed.input;
  const read = flatTypes.includes(feed.type)
    ? readFlatCancel(bytes ?? Buffer.alloc(0), contentType)
    : readEnvelope(bytes ?? Buffer.alloc(0), contentType, feed.type as FeedType, sellerId);
  if (!read.ok) {
    const { code: messageCode, text } = read.fault;
    const result = { messageId: '0', code: 'Error' as const, messageCode, text };
    return { feedId: feed.id, sellerId, processed: 0, results: [result] };
  }
  const context = contextOf(feedParts, feed.id);
  const most = { none: 0, some: Math.ceil(read.messages.length / 2), all: read.messages.length }[effects];
  const results: MessageResult[] = [...(before?.results ?? [])];
  // One after the other: what a message did counts for the next one about the same order.
  for (const message of read.messages.slice(before?.processed ?? 0, most)) {
    const judged = judge(feedParts, context, feed, message);
    applied(feedParts, feed, [judged]);
    results.push(...judged.results);
  }
  return { feedId: feed.id, sellerId, processed: most, results };
}

/** How a seller's feeds are worked on. */
export function feedWork(feedParts: FeedParts): FeedWork {
  const { behaviour } = feedParts.parts;
  const fileOf = (feed: Feed, outcome: Outcome) => {
    const style = {
      packed: behaviour.get(switches.feedReportPacking) === 'gzip',
      encoding: behaviour.get(switches.feedReportEncoding),
    };
    return flatTypes.includes(feed.type) ? flatReportFile(outcome, style) : reportFile(outcome, style);
  };
  const outcomes = new Map<string, Outcome>();
  return {
    hung(feed) {
      if (feed.fate && feed.fate.effects !== 'none')
        outcomes.set(feed.id, process(feedParts, feed, feed.fate.effects));
    },
    end(feed): FeedEnd {
      if (feed.input.bytes === null) return { status: 'FATAL', report: null };
      if (feed.fate?.kind === 'fatal-feed') {
        const outcome = process(feedParts, feed, feed.fate.effects);
        const shown = behaviour.get(switches.fatalFeedReport) === 'report';
        return { status: 'FATAL', report: shown ? fileOf(feed, outcome) : null };
      }
      const outcome = process(feedParts, feed, 'all', outcomes.get(feed.id));
      return { status: 'DONE', report: fileOf(feed, outcome) };
    },
    ended: feedParts.tell,
  };
}
