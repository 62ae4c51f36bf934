import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Subject, WorldParts } from '../contract.ts';
import { SqsError } from './error.ts';
import { doOperation } from './operations.ts';
import type { Queues } from './queues.ts';

const mostBytes = 16 * 2 ** 20;
const target = /^AmazonSQS\.(\w+)$/;

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
  }
  if (size > mostBytes)
    throw new SqsError('RequestEntityTooLarge', 'The request is too large.', { status: 413 });
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    throw new SqsError('SerializationException', 'The request body is not JSON.');
  }
}

/** Waits as long as a switched-on latency says, in the world's time, or until the caller has gone. */
async function latency({ clock, faults }: WorldParts, subject: Subject, signal: AbortSignal): Promise<void> {
  const fault = faults.take('amazon', ['latency'], subject);
  if (!fault) return;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const end = () => resolve(undefined);
  const callOff = clock.schedule(clock.now() + (fault.ms ?? 1000), 'answer of the pretend SQS', end);
  signal.addEventListener('abort', end);
  await promise;
  callOff();
}

/** Throws the error that a switched-on fault asks for; answers whether the connection breaks. */
function strike({ faults }: WorldParts, subject: Subject): boolean {
  const fault = faults.take('amazon', ['drop-request', 'throttle', 'error'], subject);
  if (fault?.kind === 'throttle')
    throw new SqsError('RequestThrottled', 'Rate exceeded.', { queryCode: 'RequestThrottled' });
  if (fault?.kind === 'error')
    throw new SqsError(
      fault.code ?? 'InternalFailure',
      'We encountered an internal error. Please try again.',
      {
        status: fault.status ?? 500,
      },
    );
  return fault !== undefined;
}

/** The answer of an operation; null where the connection breaks. Throws SqsError. */
async function answer(
  parts: WorldParts,
  queues: Queues,
  request: IncomingMessage,
  signal: AbortSignal,
): Promise<object | null> {
  const operation = target.exec(String(request.headers['x-amz-target']))?.[1] ?? '';
  // A fault that names no operation is meant for the orders.
  const subject: Subject = { operation, onlyNamed: true };
  const input = await readJson(request);
  if (request.headers.authorization === undefined)
    throw new SqsError('MissingAuthenticationToken', 'The request is not signed.', { status: 403 });
  await latency(parts, subject, signal);
  if (signal.aborted || strike(parts, subject)) return null;
  const origin = `http://${request.headers.host ?? '127.0.0.1'}`;
  const given = await doOperation(operation, { queues, origin, signal }, input);
  return parts.faults.take('amazon', ['drop-answer'], subject) === undefined ? given : null;
}

function refuse(response: ServerResponse, error: unknown, headers: Record<string, string>): void {
  const known =
    error instanceof SqsError ? error : new SqsError('InternalFailure', String(error), { status: 500 });
  const side = known.status < 500 ? 'Sender' : 'Receiver';
  response.writeHead(known.status, { ...headers, 'x-amzn-query-error': `${known.queryCode};${side}` });
  response.end(JSON.stringify({ __type: `com.amazonaws.sqs#${known.type}`, message: known.message }));
}

/** Answers one request in AWS's JSON protocol 1.0. Signatures are not checked, only that there is one. */
export async function serveSqs(
  parts: WorldParts,
  queues: Queues,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-RequestId': randomUUID(),
    date: new Date(parts.clock.now()).toUTCString(),
  };
  try {
    const given = await answer(parts, queues, request, gone.signal);
    if (given === null) request.socket.destroy();
    else response.writeHead(200, headers).end(JSON.stringify(given));
  } catch (error) {
    refuse(response, error, headers);
  }
}
