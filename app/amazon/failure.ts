import type { AmazonData } from '../domain/amazon-order.ts';
import type { Failure } from '../domain/failure.ts';
import { wantedData } from './included-data.ts';

/** What came back over the wire, undecoded. */
export interface RawAnswer {
  readonly status: number;
  readonly rateHeader: string | null;
  readonly body: string;
}

/** What an answer means: a body, a token that has to be renewed, data that is refused, or a failure. */
export type Verdict =
  | { readonly is: 'body'; readonly body: unknown }
  | { readonly is: 'stale_token'; readonly failure: Failure }
  | { readonly is: 'data_refused'; readonly named: readonly AmazonData[]; readonly failure: Failure }
  | { readonly is: 'failed'; readonly failure: Failure };

/** What the call was: its name for sentences, and whether it asked for a further page. */
export interface CallName {
  readonly operation: string;
  readonly paged: boolean;
}

interface Complaint {
  readonly code: string;
  readonly words: string;
}

const networkCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'EPROTO',
  // Those of fetch.
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/** Login errors that only the merchant's new consent can mend. All others are the operator's, or pass. */
const lostGrants = new Set(['invalid_grant', 'unauthorized_client', 'access_denied']);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

const mostWords = 300;

/** Foreign words made fit for a log line: one line, short, and without anything as long as a token. */
function quote(...parts: readonly unknown[]): string {
  const words = parts.filter((part) => typeof part === 'string' && part !== '').join(' ');
  return words
    .replace(/[\p{Cc}\p{Surrogate}\s]+/gu, ' ')
    .replace(/\S{40,}/g, '…')
    .slice(0, mostWords)
    .toWellFormed()
    .trim();
}

/** The first of Amazon's `errors`; null where the body has none. */
function complaintOf(body: unknown): Complaint | null {
  const errors = property(body, 'errors');
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const code = property(first, 'code');
  if (typeof code !== 'string') return null;
  return { code: quote(code), words: quote(property(first, 'message'), property(first, 'details')) };
}

function sentence(call: CallName, status: number, complaint: Complaint | null): string {
  const said = complaint ? ` (${complaint.code}${complaint.words === '' ? '' : `: ${complaint.words}`})` : '';
  return `Amazon answered ${call.operation} with ${status}${said}.`;
}

const isTokenTrouble = (complaint: Complaint | null) =>
  /access token|authori[sz]ation of this application/i.test(complaint?.words ?? '');

function namedData(complaint: Complaint | null): AmazonData[] {
  const words = complaint?.words ?? '';
  return wantedData.filter((data) => new RegExp(`\\b${data}\\b`).test(words));
}

/** What the service will never take, with its own words. */
function refusal(code: string, text: string, complaint: Complaint | null): Failure {
  return { kind: 'final', code, sentence: text, words: complaint?.words };
}

/** 401 and 403: the token, or what the seller's grant does not cover. */
function sortDenied(call: CallName, status: number, complaint: Complaint | null): Verdict {
  const text = sentence(call, status, complaint);
  if (status === 401 || isTokenTrouble(complaint)) {
    return { is: 'stale_token', failure: { kind: 'reconnect', code: 'token_refused', sentence: text } };
  }
  const failure: Failure = { kind: 'final', code: 'data_refused', sentence: text };
  return { is: 'data_refused', named: namedData(complaint), failure };
}

/** 400: a refused kind of data, a page token that has ended, or input that will never pass. */
function sortBadRequest(call: CallName, complaint: Complaint | null): Verdict {
  const text = sentence(call, 400, complaint);
  const named = namedData(complaint);
  if (named.length > 0) {
    return { is: 'data_refused', named, failure: { kind: 'final', code: 'data_refused', sentence: text } };
  }
  // The first page passed with the same parameters, so that only the token can be at fault.
  const code = call.paged ? 'page_token' : 'invalid_input';
  return { is: 'failed', failure: refusal(code, text, complaint) };
}

/** Steady rate per second that the answer's header tells; null where it tells none. */
export function toldRate(answer: RawAnswer): number | null {
  const rate = Number(answer.rateHeader ?? '');
  return Number.isFinite(rate) && rate > 0 ? rate : null;
}

/**
 * Sorts an answer of the service by status and `errors`. Reads are meant: repeating them is harmless, so whatever may pass
 * is `retry` (see `asWrite` for the others). `retryAt` (ms UTC) says when a throttled call may come again. Statuses: Amazon's model orders_2026-01-01.
 */
export function sortAnswer(call: CallName, answer: RawAnswer, retryAt: number | null): Verdict {
  const { status } = answer;
  const body = parseJson(answer.body);
  const complaint = complaintOf(body);
  const text = sentence(call, status, complaint);
  const failed = (failure: Failure): Verdict => ({ is: 'failed', failure });
  // An answer that has no content by its very status.
  if (status === 204) return { is: 'body', body: null };
  if (status >= 200 && status < 300) {
    if (typeof body === 'object' && body !== null) return { is: 'body', body };
    return failed({ kind: 'retry', code: 'bad_answer', sentence: `${text} It is not JSON.`, at: null });
  }
  if (status === 429) return failed({ kind: 'retry', code: 'throttled', sentence: text, at: retryAt });
  if (status === 408 || status >= 500) {
    return failed({ kind: 'retry', code: 'service_error', sentence: text, at: null });
  }
  // A proxy or a maintenance page speaks, not the service.
  if (!complaint) return failed({ kind: 'retry', code: 'bad_answer', sentence: text, at: null });
  if (status === 401 || status === 403) return sortDenied(call, status, complaint);
  if (status === 404) return failed(refusal('not_found', text, complaint));
  if (status === 400) return sortBadRequest(call, complaint);
  return failed(refusal('refused', text, complaint));
}

/** Sorts what the transport threw. Null: that was no failure of the network, so it is a bug and must go on throwing. */
export function sortThrown(operation: string, error: unknown): Failure | null {
  const code = property(error, 'code');
  if (typeof code !== 'string') return null;
  const isTls = /^(ERR_TLS|ERR_SSL|HPE_)|CERT/.test(code);
  // The package's own time-outs end what our deadline has given up.
  const isLate = /^API_(RESPONSE|IDLE|DEADLINE)_TIMEOUT$/.test(code);
  if (!networkCodes.has(code) && !isTls && !isLate) return null;
  const sentence = `${operation} did not reach Amazon (${code}).`;
  return { kind: 'retry', code: isLate ? 'deadline' : 'network', sentence, at: null };
}

const lostAnswers = new Set(['network', 'deadline', 'service_error', 'bad_answer']);

/** The failure of a write: what may have been done all the same is unsure, and never repeated blindly. */
export function asWrite(failure: Failure): Failure {
  if (failure.kind !== 'retry' || !lostAnswers.has(failure.code)) return failure;
  return { kind: 'unsure', code: failure.code, sentence: failure.sentence };
}

/** The failure of a call that did not end within its time. */
export function deadlinePassed(operation: string, deadlineMs: number): Failure {
  const text = `Amazon did not answer ${operation} within ${deadlineMs / 1000} s.`;
  return { kind: 'retry', code: 'deadline', sentence: text, at: null };
}

/**
 * Sorts what a login threw. Only a lost grant asks for the merchant; everything else, also an app secret that ran out,
 * is `retry`, because no order is at fault. Null: a bug. Codes: OAuth's, and the package's own for unreadable answers.
 */
export function sortLogin(error: unknown): Failure | null {
  const network = sortThrown('The login', error);
  if (network) return network;
  const code = property(error, 'code');
  if (typeof code !== 'string' || code.startsWith('ERR_')) return null;
  const shown = quote(code);
  if (lostGrants.has(code)) {
    return {
      kind: 'reconnect',
      code: 'grant_lost',
      sentence: `Amazon refused the login (${shown}): the seller has to connect again.`,
    };
  }
  const own = code === 'invalid_client' || code === 'invalid_request' || code === 'unsupported_grant_type';
  const text = own
    ? `Amazon refused this app's own credentials (${shown}).`
    : `Amazon's login did not answer as it should (${shown}).`;
  return { kind: 'retry', code: own ? 'app_credentials' : 'login_error', sentence: text, at: null };
}
