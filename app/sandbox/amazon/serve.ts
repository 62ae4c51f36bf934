import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Subject, WorldParts } from '../contract.ts';
import { type Answer, askedError, internalFailure, quotaExceeded } from './answers.ts';
import { type Target, targetOf } from './operations.ts';
import { readBody } from './read-body.ts';
import type { Timers } from './timers.ts';

const mostOfCall = 2 ** 20;
const mostOfFeed = 64 * 2 ** 20;

/** A request as the operations see it. */
export interface Call {
  readonly target: Target;
  readonly method: string;
  readonly subject: Subject;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly bytes: Buffer;
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-amzn-RequestId': randomUUID(),
    ...headers,
  });
  response.end(text);
}

/** Waits as long as a switched-on latency says, in the world's time. */
async function latency({ clock, faults }: WorldParts, subject: Subject): Promise<void> {
  const fault = faults.take('amazon', ['latency'], subject);
  if (fault === undefined) return;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  clock.schedule(clock.now() + (fault.ms ?? 1000), 'answer of the pretend Amazon', () => resolve(undefined));
  await promise;
}

/** Operations that do something, which a fault can let happen later than it should. */
const effectful: readonly (string | null)[] = ['createFeed', 'confirmShipment'];

/** The world as requests see it, and what comes late of them. */
interface ServeParts extends WorldParts {
  readonly late: Timers;
}

/** The answer of an operation, of a fault that takes its place, or null where the connection breaks. */
function answerOf(parts: ServeParts, call: Call, operation: (call: Call) => Answer): Answer | null {
  const { faults, late: timers } = parts;
  const late = effectful.includes(call.target.operation) ? (['late-effect'] as const) : [];
  const fault = faults.take('amazon', ['drop-request', 'throttle', 'error', ...late], call.subject);
  if (fault?.kind === 'drop-request') return null;
  if (fault?.kind === 'late-effect') {
    const what = `late ${call.target.operation ?? 'request'} at Amazon`;
    timers.later(timers.now() + (fault.ms ?? 10_000), what, () => void operation(call));
    return null;
  }
  if (fault?.kind === 'throttle') return quotaExceeded();
  if (fault?.kind === 'error') return askedError(fault.status ?? 500, fault.code ?? 'InternalFailure');
  const answer = operation(call);
  return faults.take('amazon', ['drop-answer'], call.subject) === undefined ? answer : null;
}

async function answerTo(
  parts: ServeParts,
  request: IncomingMessage,
  operation: (call: Call) => Answer,
): Promise<Answer | null> {
  const url = new URL(request.url ?? '/', 'http://amazon');
  const method = request.method ?? 'GET';
  const path = url.pathname;
  const target = targetOf(method, path);
  const subject: Subject = target.operation === null ? { path } : { path, operation: target.operation };
  const bytes = await readBody(request, target.kind === 'upload' ? mostOfFeed : mostOfCall);
  await latency(parts, subject);
  const call: Call = {
    target,
    method,
    subject,
    query: url.searchParams,
    headers: request.headers,
    body: target.kind === 'upload' ? '' : (bytes?.toString('utf8') ?? ''),
    bytes: bytes ?? Buffer.alloc(0),
  };
  const answer = bytes === null ? askedError(413, 'RequestTooLarge') : answerOf(parts, call, operation);
  const time = parts.clock.now();
  parts.log.add({
    service: 'amazon',
    time,
    method,
    path,
    operation: target.operation,
    status: answer?.status ?? 0,
  });
  return answer;
}

/** Takes one request through faults, operation and log to its answer. A dropped one is logged with status 0. */
export async function serve(
  parts: ServeParts,
  request: IncomingMessage,
  response: ServerResponse,
  operation: (call: Call) => Answer,
): Promise<void> {
  const answer = await answerTo(parts, request, operation).catch(internalFailure);
  if (answer === null) request.socket.destroy();
  else send(response, answer);
}
