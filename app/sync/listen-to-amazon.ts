import { setTimeout as pause } from 'node:timers/promises';
import type { MessageQueue } from '../amazon/queue.ts';
import type { Services } from './services.ts';
import { takeMessages } from './take-messages.ts';

/** How long (real time) to wait after the first failure in a row, and at most. */
const firstWaitMs = 500;
const longestWaitMs = 15_000;

/** Messages are taken in one go after the other until none is left, then waited for. */
async function listen(services: Services, queue: MessageQueue, signal: AbortSignal): Promise<void> {
  const ended = () => signal.aborted;
  let failures = 0;
  while (!ended()) {
    try {
      const messages = await queue.receive(signal);
      await queue.remove(await takeMessages(services, queue, messages));
      failures = 0;
    } catch (error) {
      if (ended()) return;
      failures += 1;
      const text = error instanceof Error ? error.message : String(error);
      // Polling goes on without the queue: one line at the beginning of an outage is enough.
      if (failures === 1) services.log.warn({ error: text }, 'the queue of Amazon’s messages fails');
      const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1));
      await pause(wait, undefined, { signal }).catch(() => undefined);
    }
  }
}

/**
 * Listens for Amazon's messages until `stop`, which ends a long poll at once and waits for what is being stored. A queue
 * that fails is asked again later and later, every 15 s at last; nothing is lost, for polling finds all of it too.
 */
export function listenToAmazon(services: Services, queue: MessageQueue): { stop(): Promise<void> } {
  const ending = new AbortController();
  const listening = listen(services, queue, ending.signal);
  return {
    stop: async () => {
      ending.abort();
      await listening;
      queue.close();
    },
  };
}
