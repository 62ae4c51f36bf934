import type { Source } from './execute.ts';
import { orderFields } from './order-fields.ts';
import type { OrderRecord } from './records.ts';
import type { UserError } from './user-errors.ts';
import type { Call } from './world.ts';

/** The work of cancelling an order. */
export interface CancelJob {
  /** Both ids are UUIDs, as in the real service. */
  readonly jobId: string;
  readonly resultId: string;
  readonly order: OrderRecord;
  status: 'STARTED' | 'SUCCEEDED' | 'FAILED';
  errors: readonly UserError[];
}

const isDone = (job: CancelJob): boolean => job.status !== 'STARTED';

/** `Job`; `query` is the root of all queries, which it has once it is done. */
export function jobFields(job: CancelJob, query: () => Source): Source {
  return {
    __typename: 'Job',
    id: `gid://shopify/Job/${job.jobId}`,
    done: isDone(job),
    query: isDone(job) ? query : null,
  };
}

/** `OrderCancelJobResult`. */
export function jobResultFields(job: CancelJob, call: Call): Source {
  const { order } = job;
  const there = call.shop.orders.get(order.id) === order;
  return {
    __typename: 'OrderCancelJobResult',
    id: `gid://shopify/OrderCancelJobResult/${job.resultId}`,
    done: isDone(job),
    status: job.status,
    errors: job.errors,
    order: there ? () => orderFields(order, call) : null,
  };
}

/** The job, or its result, that a global id means; undefined where there is none. */
export function findJob(call: Call, type: 'Job' | 'OrderCancelJobResult', id: string): CancelJob | undefined {
  const prefix = `gid://shopify/${type}/`;
  return call.shop.cancelJobs.find((one) => id === prefix + (type === 'Job' ? one.jobId : one.resultId));
}
