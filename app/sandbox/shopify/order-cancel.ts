import { randomUUID } from 'node:crypto';
import { jobFields, jobResultFields, type CancelJob } from './cancel-jobs.ts';
import type { Source } from './execute.ts';
import { idOf } from './ids.ts';
import { notCancellable, wrongArguments } from './order-cancel-checks.ts';
import { cancelOrder } from './order-cancel-effects.ts';
import type { CancelArgs } from './order-cancel-input.ts';
import { visibleOrder } from './order-visible.ts';
import { queries } from './queries.ts';
import type { OrderRecord } from './records.ts';
import type { UserError } from './user-errors.ts';
import type { Call } from './world.ts';

const durations: Readonly<Record<string, number>> = { 'a-moment': 2000, 'a-minute': 60_000, 'at-once': 0 };

/** Faults on the work itself go by this name; those on `orderCancel` strike the request. */
const work = { operation: 'orderCancelJob', onlyNamed: true } as const;

function durationOf(call: Call): number {
  const { faults, behaviour } = call.world.parts;
  const slow = faults.take('shopify', ['latency'], work);
  return slow?.ms ?? durations[behaviour.get('shopify.order-cancel-duration')] ?? 0;
}

function whyNot(call: Call, order: OrderRecord, args: CancelArgs): UserError | null {
  if (call.shop.orders.get(order.id) !== order) return missing;
  const fault = call.world.parts.faults.take('shopify', ['error'], work);
  if (!fault) return notCancellable(call, order, args);
  const { code = 'INTERNAL_ERROR', value = 'The order could not be cancelled.' } = fault;
  return { field: null, message: value, code };
}

/** Does the work of the job: whatever changed since it was started counts. */
function run(call: Call, job: CancelJob, args: CancelArgs): void {
  const error = whyNot(call, job.order, args);
  if (error) {
    job.errors = [error];
    job.status = 'FAILED';
    return;
  }
  cancelOrder(call, job.order, args);
  job.status = 'SUCCEEDED';
}

const missing: UserError = { field: ['orderId'], message: 'Order does not exist.', code: 'NOT_FOUND' };

function failed(error: UserError): Source {
  const { field, message } = error;
  return {
    job: null,
    jobResult: null,
    orderCancelUserErrors: [error],
    userErrors: [{ field, message }],
  };
}

/** `orderCancel`: answers with a job; the order is cancelled a moment later, or not. */
export function orderCancel(args: CancelArgs, call: Call): Source {
  const { world, shop } = call;
  const { behaviour, clock } = world.parts;
  const order = visibleOrder(call, idOf('Order', args.orderId));
  if (!order) return failed(missing);
  const early = behaviour.get('shopify.order-cancel-checks') === 'at-once';
  const error = wrongArguments(args) ?? (early ? notCancellable(call, order, args) : null);
  if (error) return failed(error);
  const job: CancelJob = {
    jobId: randomUUID(),
    resultId: randomUUID(),
    order,
    status: 'STARTED',
    errors: [],
  };
  shop.cancelJobs.push(job);
  const duration = durationOf(call);
  if (duration === 0) run(call, job, args);
  else
    world.agenda.add(clock.now() + duration, `cancel of ${order.name}`, () => {
      run(call, job, args);
    });
  return {
    job: () => jobFields(job, () => queries),
    jobResult: () => jobResultFields(job, call),
    orderCancelUserErrors: [],
    userErrors: [],
  };
}
