import { describe, expect, it } from 'vitest';
import { feedCalls } from './feeds.ts';
import { type Call, Session } from './session.ts';

/** The calls over a wire that answers what it is told to; `calls` and `slots` are what was asked of wire and buckets. */
function setUp(answers: readonly unknown[], upload: 'kept' | 'refused' = 'kept') {
  const calls: Call[] = [];
  const slots: string[] = [];
  const wire = {
    login: () => Promise.resolve(),
    send: (call: Call) => {
      const body = JSON.stringify(answers[Math.min(calls.length, answers.length - 1)]);
      calls.push(call);
      return Promise.resolve({ status: 200, rateHeader: null, body });
    },
    secrets: () => [],
  };
  const buckets = {
    take: (operation: string) =>
      Promise.resolve(void slots.push(`take ${operation}`)).then(() => ({ ok: true }) as const),
    when: (operation: string) => Promise.resolve(void slots.push(`when ${operation}`)).then(() => 77),
    learn: () => Promise.resolve(),
    drained: () => Promise.resolve(),
  };
  const refused = {
    ok: false,
    failure: { kind: 'retry', code: 'service_error', sentence: '403.', at: null },
  } as const;
  const feeds = feedCalls(
    new Session(wire, buckets, 1000),
    () => Promise.resolve(refused),
    () => Promise.resolve(upload === 'kept' ? { ok: true, value: null } : refused),
  );
  return { feeds, calls, slots };
}

const feed = {
  feedId: '7',
  feedType: 'POST_ORDER_ACKNOWLEDGEMENT_DATA',
  processingStatus: 'IN_QUEUE',
  createdTime: '2026-11-22T00:00:00+00:00',
};

describe('calls for feeds', () => {
  it.each([
    ['IN_QUEUE', 'queued'],
    ['IN_PROGRESS', 'working'],
    ['DONE', 'done'],
    ['CANCELLED', 'cancelled'],
    ['FATAL', 'fatal'],
    ['THOUGHT_ABOUT', 'working'],
  ])('CAN-13: the status %s is %s', async (processingStatus, state) => {
    const { feeds } = setUp([{ ...feed, processingStatus, resultFeedDocumentId: 'd' }]);
    expect(await feeds.getFeed('7')).toMatchObject({ value: { state, reportDocumentId: 'd' } });
  });

  it('CAN-13: an answer of createFeed without an id is unsure', async () => {
    const wish = { feedType: feed.feedType, marketplaceIds: ['M'], documentId: 'd', mayStill: () => true };
    expect(await setUp([{}]).feeds.createFeed(wish)).toMatchObject({ failure: { kind: 'unsure' } });
    expect(await setUp([{ feedId: '7' }]).feeds.createFeed(wish)).toEqual({ ok: true, value: '7' });
  });

  it('CAN-13 PRO-3: a sender that comes too late makes no feed; it is asked last of all', async () => {
    const { feeds, calls, slots } = setUp([{ feedId: '7' }]);
    const asked: string[][] = [];
    const wish = { feedType: feed.feedType, marketplaceIds: ['M'], documentId: 'd' };
    const mayStill = () => asked.push([...slots]) === 0;
    expect(await feeds.createFeed({ ...wish, mayStill })).toMatchObject({
      failure: { kind: 'retry', code: 'too_late' },
    });
    expect([asked, calls]).toEqual([[['take feeds.createFeed']], []]);
  });

  it('CAN-13: never some feeds instead of all: too many pages, or one that cannot be read, fail', async () => {
    const endless = setUp([{ feeds: [feed], nextToken: 'more' }]);
    expect(await endless.feeds.findFeeds(feed.feedType, 0)).toMatchObject({ failure: { kind: 'retry' } });
    expect(endless.calls).toHaveLength(10);
    const { feeds } = setUp([{ feeds: [feed], nextToken: 'more' }, { feeds: [{ feedId: '8' }] }]);
    expect(await feeds.findFeeds(feed.feedType, 0)).toMatchObject({ failure: { code: 'bad_answer' } });
  });

  it('PRO-5: tells when a slot for createFeed is free, of the very bucket it takes from', async () => {
    const { feeds, slots } = setUp([{ feedId: '7' }]);
    expect(await feeds.createFeedSlotAt()).toBe(77);
    await feeds.createFeed({
      feedType: feed.feedType,
      marketplaceIds: ['M'],
      documentId: 'd',
      mayStill: () => true,
    });
    expect(slots).toEqual(['when feeds.createFeed', 'take feeds.createFeed']);
  });

  it('PRO-4: an upload that is refused is told, and its document is not used', async () => {
    const place = { feedDocumentId: 'd', url: 'https://amazon.example/d' };
    expect(await setUp([place], 'refused').feeds.uploadFeed('x', 'text/xml')).toMatchObject({
      failure: { kind: 'retry' },
    });
    expect(await setUp([place]).feeds.uploadFeed('x', 'text/xml')).toEqual({ ok: true, value: 'd' });
  });
});
