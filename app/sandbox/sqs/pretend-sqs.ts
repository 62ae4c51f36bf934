import type { Pending, PretendService, WorldParts } from '../contract.ts';
import { appQueue, createAppQueue } from './app-queue.ts';
import { Queues } from './queues.ts';
import { serveSqs } from './serve.ts';

/** The queues as the pretend Amazon sees them. */
export interface AmazonsQueues {
  /** Whether the queue exists and its policy lets Amazon's notifications in. */
  lets(arn: string, account: string): boolean;
  /** Puts a message in; nothing happens where the queue does not exist. */
  send(arn: string, body: string): void;
}

/** The pretend SQS. Its `reset` leaves the app's own queue, empty. */
export interface PretendSqs extends PretendService, AmazonsQueues {
  /** The messages of the app's queue that nobody has deleted yet, each as something under way. */
  unseen(): Pending[];
}

/** Builds the pretend SQS, the app's queue in it. */
export function createPretendSqs(parts: WorldParts): PretendSqs {
  const queues = new Queues(
    () => parts.clock.now(),
    () => performance.now(),
  );
  createAppQueue(queues);
  return {
    handle: (request, response) => void serveSqs(parts, queues, request, response),
    reset() {
      queues.clear();
      createAppQueue(queues);
    },
    lets: (arn, account) => queues.lets(arn, account),
    send: (arn, body) => void queues.byArn(arn)?.queue.send({ body, attributes: {} }),
    unseen() {
      const { visible, inFlight, delayed } = queues.byArn(appQueue.arn)?.queue.count() ?? {
        visible: 0,
        inFlight: 0,
        delayed: 0,
      };
      return Array.from({ length: Math.min(visible + inFlight + delayed, 20) }, () => ({
        what: 'message in the queue',
      }));
    },
  };
}
