import type { Decision } from '../domain/decide.ts';
import { describe } from '../domain/describe.ts';
import { now } from '../lib/clock.ts';
import type { Services } from './services.ts';
import type { Work } from './work.ts';

/** A bug in one order's work must not keep the others from theirs: it is logged, shown, and tried again later. */
export function broken(services: Services, work: Work, error: unknown): Decision {
  const id = work.order.amazonOrderId;
  services.log.error(
    { order: id, error: error instanceof Error ? error.stack : String(error) },
    'work on an order failed',
  );
  const params = {
    field: 'order',
    text: 'Concord could not work on this order. This is a fault of the program.',
    id,
  };
  return {
    send: [],
    plan: [],
    facts: [],
    ends: [],
    choose: [],
    events: [],
    request: null,
    opened: false,
    settled: [],
    partial: true,
    waits: false,
    link: null,
    problems: [{ kind: 'import_failed', subject: 'order', params }],
    description: describe([{ key: 'import_failed', params }]),
    dueAgain: { at: now() + 15 * 60_000, reason: 'backoff' },
  };
}
