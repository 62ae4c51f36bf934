import type { Fault, FaultKind, Subject, WorldParts } from '../contract.ts';
import type { Answer } from './http.ts';
import type { ShopifyWorld } from './world.ts';

const interfering: readonly FaultKind[] = ['throttle', 'error', 'drop-request', 'drop-answer', 'late-effect'];

/** The first fault of the kinds that matches one of the operations. */
function takeFor(
  parts: WorldParts,
  kinds: readonly FaultKind[],
  path: string,
  operations: readonly string[],
): Fault | undefined {
  const subjects: Subject[] =
    operations.length === 0 ? [{ path }] : operations.map((operation) => ({ path, operation }));
  for (const subject of subjects) {
    const fault = parts.faults.take('shopify', kinds, subject);
    if (fault) return fault;
  }
  return undefined;
}

/** Waits in the world's time where a latency fault says so. */
async function delay(parts: WorldParts, path: string, operations: readonly string[]): Promise<void> {
  const fault = takeFor(parts, ['latency'], path, operations);
  if (!fault) return;
  await new Promise<void>((resolve) => {
    parts.clock.schedule(parts.clock.now() + (fault.ms ?? 1000), 'slow answer of Shopify', resolve);
  });
}

function errorAnswer(fault: Fault): Answer {
  if (fault.code !== undefined && fault.status === undefined)
    return {
      status: 200,
      body: { errors: [{ message: fault.value ?? fault.code, extensions: { code: fault.code } }] },
    };
  const status = fault.status ?? 500;
  return { status, body: fault.value ?? { errors: 'Internal Server Error' } };
}

/**
 * Answers a request under the faults that are on: an error in its place, a cut before or after the work, or work that comes
 * later. `work` does it and gives the true answer; `throttled` is the service's own way to say "too much".
 */
export async function underFaults(
  { parts, agenda }: Pick<ShopifyWorld, 'parts' | 'agenda'>,
  path: string,
  operations: readonly string[],
  work: () => Promise<Answer>,
  throttled: () => Answer,
): Promise<Answer> {
  await delay(parts, path, operations);
  const fault = takeFor(parts, interfering, path, operations);
  if (!fault) return work();
  if (fault.kind === 'drop-request') return 'drop';
  if (fault.kind === 'drop-answer') {
    await work();
    return 'drop';
  }
  if (fault.kind === 'late-effect') {
    agenda.add(
      parts.clock.now() + (fault.ms ?? 10_000),
      `late ${operations.join('+')} at Shopify`,
      async () => {
        await work();
      },
    );
    return 'drop';
  }
  if (fault.kind === 'error') return errorAnswer(fault);
  if (fault.status !== 429) return throttled();
  const seconds = (fault.ms ?? 2000) / 1000;
  return {
    status: 429,
    body: {
      errors:
        'Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.',
    },
    headers: { 'Retry-After': seconds.toFixed(1) },
  };
}
