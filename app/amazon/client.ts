import { SellingPartner } from 'amazon-sp-api';
import { z } from 'zod';
import type { AmazonData, RequestReading } from '../domain/amazon-order.ts';
import type { Failure, Result } from '../domain/failure.ts';
import { fail } from '../domain/failure.ts';
import type { AmazonOrderId, AmazonOrderItemId } from '../domain/ids.ts';
import type { AmazonRegion } from '../domain/marketplaces.ts';
import { now } from '../lib/clock.ts';
import type { RateBuckets } from './buckets.ts';
import type { RawAnswer } from './failure.ts';
import { openDownload } from './download.ts';
import { financeCalls, type FinanceCalls } from './finances.ts';
import { feedCalls, type FeedCalls } from './feeds.ts';
import { DataRefusals } from './included-data.ts';
import { readRequestsV0 } from './order-items-v0.ts';
import { notificationCalls, type NotificationCalls } from './notifications.ts';
import { getCall, readOrder, readPage, searchCall, searchOrdersName, settleSearch } from './orders.ts';
import type { OrderPage, OrderReading, OrderSearch } from './orders.ts';
import { OriginAgent } from './origin-agent.ts';
import { reportCalls, type ReportCalls } from './reports.ts';
import { sellerCalls, type SellerCalls } from './sellers.ts';
import { Session } from './session.ts';
import type { Call, Wire } from './session.ts';
import { shipmentCalls, type ShipmentCalls } from './shipments.ts';
import { upload } from './upload.ts';

/** What a client needs to know of the app and of one seller. */
export interface AmazonClientOptions {
  readonly region: AmazonRegion;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Empty: the account was disconnected, and every call of the seller's ends as `reconnect`. */
  readonly refreshToken: string;
  /** AMAZON_API_ORIGIN: all traffic goes to this plain-http origin. */
  readonly origin?: string;
  readonly buckets: RateBuckets;
  readonly userAgent: string;
  /** How long a call may take in real time; 30 s by default. */
  readonly deadlineMs?: number;
}

/** The calls to Amazon for one seller. None waits for a slot or repeats by itself; both are told as a failure of kind `retry`. */
export interface AmazonClient
  extends ReportCalls, FeedCalls, NotificationCalls, ShipmentCalls, FinanceCalls, SellerCalls {
  /** One page of orders with their lines. */
  searchOrders(search: OrderSearch): Promise<Result<OrderPage>>;
  /** When a slot for `searchOrders` is free (ms UTC), now or earlier where one is. Takes none. */
  searchSlotAt(): Promise<number>;
  /** One order. One that cannot be read is a rejected reading, not a failure. */
  getOrder(id: AmazonOrderId): Promise<Result<OrderReading>>;
  /** What buyers asked for, by line, where `getOrder` was refused its cancellation data (Orders v0). */
  readRequestsV0(id: AmazonOrderId): Promise<Result<ReadonlyMap<AmazonOrderItemId, RequestReading>>>;
}

const rawResult = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.unknown()),
  chunks: z.array(z.instanceof(Uint8Array)),
});

/** Sorted like Amazon's own word that the seller's grant is gone. */
class GrantGone extends Error {
  readonly code = 'access_denied';
}

/** The package, with everything switched off that it does unsafely: retries, waits, decoding, and logins on its own. */
function createWire(options: AmazonClientOptions, deadlineMs: number): Wire {
  const partner = new SellingPartner({
    region: options.region,
    refresh_token: options.refreshToken,
    endpoints_versions: { orders: '2026-01-01' },
    credentials: {
      SELLING_PARTNER_APP_CLIENT_ID: options.clientId,
      SELLING_PARTNER_APP_CLIENT_SECRET: options.clientSecret,
    },
    options: {
      auto_request_tokens: false,
      auto_request_throttled: false,
      retry_remote_timeout: false,
      version_fallback: false,
      only_grantless_operations: options.refreshToken === '',
      user_agent: options.userAgent,
      timeouts: { deadline: deadlineMs },
      ...(options.origin === undefined ? {} : { https_proxy_agent: new OriginAgent(options.origin) }),
    },
  });
  return {
    login: (scope) =>
      options.refreshToken === '' && scope === undefined
        ? Promise.reject(new GrantGone('The account was disconnected.'))
        : partner.refreshAccessToken(scope),
    send: async (call: Call): Promise<RawAnswer> => {
      const raw = rawResult.parse(
        await partner.callAPI({
          operation: call.operation,
          path: { ...call.path },
          query: { ...call.query },
          ...(call.body === undefined ? {} : { body: { ...call.body } }),
          ...(call.restrictedToken === undefined ? {} : { restricted_data_token: call.restrictedToken }),
          options: { raw_result: true, ...(call.version === undefined ? {} : { version: call.version }) },
        }),
      );
      const rate = raw.headers['x-amzn-ratelimit-limit'];
      // Decoded as a whole: the package breaks characters that lie across two chunks.
      const body = Buffer.concat(raw.chunks).toString('utf8');
      return { status: raw.statusCode, rateHeader: typeof rate === 'string' ? rate : null, body };
    },
    secrets: () => [options.clientSecret, options.refreshToken, partner.access_token],
  };
}

/** What data a call asked for in the end, with its answer. */
interface Given {
  readonly body: unknown;
  readonly data: readonly AmazonData[];
  readonly startedAt: number;
}

/** More tries than one search for refused data can need; calls that run side by side may disturb each other's. */
const mostTries = 12;

/** Calls with less and less data until Amazon gives what it will give (see DataRefusals). */
async function askFor(
  session: Session,
  refusals: DataRefusals,
  build: (data: readonly AmazonData[]) => Call,
): Promise<Result<Given>> {
  let last: Failure | null = null;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const data = refusals.ask(now());
    const outcome = await session.call(build(data));
    if (outcome.is === 'failed') return fail(outcome.failure);
    if (outcome.is === 'body') {
      if (!refusals.accepted(data, now())) continue;
      return { ok: true, value: { body: outcome.body, data, startedAt: outcome.startedAt } };
    }
    last = outcome.failure;
    if (!refusals.refused(data, outcome.named, now())) break;
  }
  const sentence = last?.sentence ?? 'Amazon gave and refused data by turns.';
  return fail({ kind: 'final', code: 'access_denied', sentence });
}

/**
 * A client for one seller. It keeps its access token and what Amazon refused, so keep one per seller and process.
 * Expected failures are data; a token or secret is never part of a sentence (SEC-2).
 */
export function createAmazonClient(options: AmazonClientOptions): AmazonClient {
  const deadlineMs = options.deadlineMs ?? 30_000;
  const session = new Session(createWire(options, deadlineMs), options.buckets, deadlineMs);
  const download = (url: string) => openDownload(url, options.origin, deadlineMs);
  const refusals = { search: new DataRefusals(), get: new DataRefusals() };
  return {
    searchSlotAt: () => session.slotAt(searchOrdersName),
    async searchOrders(wish) {
      const search = settleSearch(wish, now());
      const given = await askFor(session, refusals.search, (data) => searchCall(search, data));
      if (!given.ok) return given;
      return readPage(given.value.body, search, given.value.data, given.value.startedAt);
    },
    async getOrder(id) {
      const given = await askFor(session, refusals.get, (data) => getCall(id, data));
      return given.ok ? readOrder(given.value.body, given.value.data, given.value.startedAt) : given;
    },
    readRequestsV0: (id) => readRequestsV0(session, id),
    ...notificationCalls(session),
    ...shipmentCalls(session),
    ...financeCalls(session),
    ...sellerCalls(session),
    ...reportCalls(session, download),
    ...feedCalls(session, download, (url, file) => upload(url, file, options.origin, deadlineMs)),
  };
}
