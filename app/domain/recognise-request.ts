import type { AmazonLine, AmazonOrder } from './amazon-order.ts';
import type { AmazonOrderItemId } from './ids.ts';
import { reasonCategoryOf, type ReasonCategory } from './reason-category.ts';
import type { CancelRequest, Claim, RequestLine, RequestSource } from './request.ts';

/** A request counts as withdrawn when two readings at least this far apart no longer show it (REQ-7). */
export const secondLookMs = 60_000;

/** So long the buyer's own words are kept; then only their category stays (REQ-5). */
export const wordsHoldMs = 30 * 24 * 3_600_000;

/** What is known of the wishes on an order. Times in ms UTC. */
export interface Seen {
  readonly order: AmazonOrder;
  /** When the reading of the order began. */
  readonly readAt: number;
  /** All requests of the order so far, the first one first. */
  readonly records: readonly CancelRequest[];
  readonly claims: readonly Claim[];
  /** Lines of which Shopify has nothing left to send; null where it was not asked. */
  readonly gone: ReadonlySet<string> | null;
  /** When a person said that nobody asks, of the record that is open now; null: nobody said so. */
  readonly unmarkedAt: number | null;
  readonly now: number;
}

/** The request as it is now, and the claims that it has taken up. `record` is null where nobody ever asked. */
export interface Recognised {
  readonly record: CancelRequest | null;
  readonly settled: readonly string[];
  /** It is new, or the buyer who only wrote has asked now: staff shall hear of it. */
  readonly opened: boolean;
}

/** How a line ended on Amazon; null while it is open there. */
function endOf(order: AmazonOrder, line: AmazonLine): 'shipped' | 'cancelled' | null {
  if (line.cancelled !== null || order.status === 'cancelled') return 'cancelled';
  const all = (line.quantityFulfilled ?? 0) >= line.quantityOrdered && line.quantityOrdered > 0;
  return order.status === 'shipped' || all ? 'shipped' : null;
}

/** True where the line's last request did not end by withdrawal: Amazon may go on showing it, and it is the same one. */
function over(records: readonly CancelRequest[], id: AmazonOrderItemId): boolean {
  const last = records.findLast((one) => one.lines.some((line) => line.orderItemId === id));
  if (!last || last.closedAt === null) return false;
  return last.lines.find((line) => line.orderItemId === id)?.ended !== 'withdrawn';
}

/** Claims that may be news: what was said before the last request ended belongs to that one. */
function freshClaims({ claims, records }: Seen): Claim[] {
  const closedAt = records.at(-1)?.closedAt ?? null;
  return claims.filter((claim) => closedAt === null || (claim.saidAt !== null && claim.saidAt > closedAt));
}

/** Lines that claims speak of; one that names no line of the order speaks of all of it. */
function claimedLines(order: AmazonOrder, claims: readonly Claim[]): Map<AmazonOrderItemId, Claim> {
  const ids = new Set<string>(order.lines.map((line) => line.orderItemId));
  const claimed = new Map<AmazonOrderItemId, Claim>();
  for (const claim of claims) {
    const named = claim.orderItemIds.filter((id) => ids.has(id));
    for (const { orderItemId: id } of order.lines)
      if (!claimed.has(id) && (named.length === 0 || named.includes(id))) claimed.set(id, claim);
  }
  return claimed;
}

/** A line of the request after one more reading. Data that was not given changes nothing (REQ-1). */
function followLine(
  before: RequestLine,
  line: AmazonLine,
  seen: Seen,
  othersConfirmed: boolean,
  claim: Claim | undefined,
): RequestLine {
  const ended = endOf(seen.order, line);
  const reading = line.request;
  if (reading.state === 'asked') {
    const open = { ...before, confirmed: true, absentSince: null, reason: reading.reason ?? before.reason };
    return { ...open, ended: before.ended === 'withdrawn' || before.ended === null ? ended : before.ended };
  }
  if (before.ended !== null) return before;
  if (ended !== null) return { ...before, ended };
  // What is claimed after a person took the mark away is news.
  const unmarked = !before.confirmed && seen.unmarkedAt !== null && (claim?.seenAt ?? 0) <= seen.unmarkedAt;
  if (unmarked) return { ...before, absentSince: seen.unmarkedAt, ended: 'withdrawn' };
  // What nobody but a claim said is not withdrawn by being absent; where Amazon shows the request on other lines it is.
  if (reading.state === 'unknown') return before;
  if (!before.confirmed && !othersConfirmed) return { ...before, absentSince: null };
  if (before.absentSince === null) return { ...before, absentSince: seen.readAt };
  return seen.readAt - before.absentSince >= secondLookMs ? { ...before, ended: 'withdrawn' } : before;
}

/** Whether Amazon shows a wish that no record is about yet. */
export function hasNewWish(order: AmazonOrder, records: readonly CancelRequest[]): boolean {
  return order.lines.some(
    (line) =>
      line.request.state === 'asked' &&
      endOf(order, line) !== 'cancelled' &&
      !over(records, line.orderItemId),
  );
}

function newLine(seen: Seen, line: AmazonLine, claim: Claim | undefined): RequestLine | null {
  const asked = line.request.state === 'asked';
  if ((!asked && !claim) || over(seen.records, line.orderItemId)) return null;
  const ended = endOf(seen.order, line);
  if (ended === 'cancelled') return null;
  return {
    orderItemId: line.orderItemId,
    sku: line.sku,
    quantity: line.quantityOrdered,
    reason: (line.request.state === 'asked' ? line.request.reason : null) ?? claim?.reason ?? null,
    confirmed: asked,
    absentSince: null,
    ended,
  };
}

/** A line that Amazon no longer names: nobody takes it back by that, and looking again would tell nothing. */
function withoutLine(before: RequestLine, { status }: AmazonOrder): RequestLine {
  if (before.ended !== null) return before;
  return {
    ...before,
    absentSince: null,
    ended: status === 'shipped' || status === 'cancelled' ? status : null,
  };
}

function linesOf(
  seen: Seen,
  current: CancelRequest | null,
  claimed: Map<AmazonOrderItemId, Claim>,
): RequestLine[] {
  const before = current?.lines ?? [];
  const shown = seen.order.lines.some((line) => line.request.state === 'asked');
  const known = before.map((one): RequestLine => {
    const line = seen.order.lines.find(({ orderItemId }) => orderItemId === one.orderItemId);
    if (!line) return withoutLine(one, seen.order);
    const claim = claimed.get(one.orderItemId);
    const again = one.ended === 'withdrawn' && claim && (claim.saidAt ?? 0) > (one.absentSince ?? 0);
    const base = again ? { ...one, ended: null, absentSince: null, confirmed: false } : one;
    return followLine({ ...base, reason: base.reason ?? claim?.reason ?? null }, line, seen, shown, claim);
  });
  const ids = new Set(before.map((one) => one.orderItemId));
  const added = seen.order.lines
    .filter((line) => !ids.has(line.orderItemId))
    .flatMap((line) => newLine(seen, line, claimed.get(line.orderItemId)) ?? []);
  return [...known, ...added];
}

function sourcesOf(
  seen: Seen,
  before: CancelRequest['sources'],
  claims: readonly Claim[],
): CancelRequest['sources'] {
  const all = new Map<RequestSource, number>(before.map(({ source, at }) => [source, at]));
  const add = (source: RequestSource, at: number) => all.set(source, Math.min(at, all.get(source) ?? at));
  if (seen.order.lines.some((line) => line.request.state === 'asked'))
    add(seen.order.requestsFrom, seen.readAt);
  for (const claim of claims) add(claim.source, claim.seenAt);
  return [...all].map(([source, at]) => ({ source, at })).sort((a, b) => a.at - b.at);
}

/** Whole state of a request by its lines. Lines of which Shopify has nothing left to send are gone, whatever Amazon says. */
function stateOf(
  seen: Seen,
  lines: readonly RequestLine[],
  before: CancelRequest | null,
): CancelRequest['state'] {
  const open = lines.filter((line) => line.ended === null);
  if (open.length === 0) {
    if (lines.some((line) => line.ended === 'cancelled')) return 'cancelled';
    return lines.some((line) => line.ended === 'shipped') ? 'too_late' : 'withdrawn';
  }
  if (before?.state === 'approved' || before?.state === 'declined') return before.state;
  if (seen.gone === null) return before?.state === 'too_late' ? 'too_late' : 'open';
  return open.every((line) => seen.gone?.has(line.orderItemId)) ? 'too_late' : 'open';
}

/** Somebody beside the buyer's own messages says that the buyer asked. */
const isProper = (request: CancelRequest | null): boolean =>
  request?.sources.some(({ source }) => source !== 'message') ?? false;

/** The category of the buyer's first words, which count more than what staff said of a message. */
function categoryOf(lines: readonly RequestLine[], current: CancelRequest | null): ReasonCategory {
  const words = reasonOf(lines);
  const known = current?.reasonCategory ?? 'not_given';
  return words !== null && (known === 'not_given' || !isProper(current)) ? reasonCategoryOf(words) : known;
}

/** What of a request is shown in Shopify, for telling whether it changed. */
const shown = (one: CancelRequest): string =>
  JSON.stringify([
    one.state,
    one.requestedAt,
    one.sources.map(({ source }) => source),
    one.lines.map((line) => [line.orderItemId, line.quantity, line.reason, line.ended]),
  ]);

/** The reason of a request as one text: its lines' words, each once. */
export function reasonOf(lines: readonly RequestLine[]): string | null {
  const all = [...new Set(lines.flatMap((line) => line.reason ?? []))];
  return all.length === 0 ? null : all.join('\n');
}

/**
 * Brings what is on file of a buyer's wish in line with a reading of the order and with what other sources claim. Pure. The
 * same wish seen by several sources is one record (REQ-6); what is absent twice, a minute apart, is withdrawn (REQ-7); a
 * new wish after that is a new record.
 */
export function recogniseRequest(seen: Seen): Recognised {
  const last = seen.records.at(-1) ?? null;
  const current = last?.closedAt === null ? last : null;
  const claims = freshClaims(seen);
  const settled = seen.claims.map((claim) => claim.id);
  const lines = linesOf(seen, current, claimedLines(seen.order, claims));
  if (lines.length === 0) return { record: last, settled, opened: false };
  const sources = sourcesOf(seen, current?.sources ?? [], claims);
  const confirmed = current?.confirmedAt ?? (lines.some((line) => line.confirmed) ? seen.readAt : null);
  const requestedAt = Math.min(current?.requestedAt ?? Infinity, ...sources.map(({ at }) => at));
  const silent = current?.wordsErased === true || seen.now - requestedAt >= wordsHoldMs;
  const next: CancelRequest = {
    n: current?.n ?? (last?.n ?? 0) + 1,
    state: stateOf(seen, lines, current),
    version: current?.version ?? 1,
    requestedAt,
    confirmedAt: confirmed,
    closedAt: lines.every((line) => line.ended !== null) ? seen.now : null,
    lines: silent ? lines.map((line) => ({ ...line, reason: null })) : lines,
    wordsErased: current?.wordsErased ?? false,
    sources,
    reasonCategory: categoryOf(lines, current),
    held: current?.held ?? 'no',
  };
  const changed = current !== null && shown(current) !== shown(next);
  return {
    record: changed ? { ...next, version: next.version + 1 } : next,
    settled,
    opened: isProper(next) && !isProper(current),
  };
}
