import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SandboxClock } from './world-clock.ts';

interface Follower {
  readonly response: ServerResponse;
  acknowledged: number;
}

/** How long (real time) a change waits for a follower that does not answer. */
const patience = 2000;

/** Tells other processes the world's time, and waits until they have it. */
export interface ClockStream {
  /** Answers `GET /clock/stream?id=…`: one JSON line at once and one for every change, until the follower hangs up. */
  open(request: IncomingMessage, response: ServerResponse, id: string): void;
  /** A follower has taken over the time of this epoch. */
  acknowledge(id: string, epoch: number): void;
  /** Ends all streams. */
  close(): void;
}

/** Lets processes follow the clock. Every change of the clock completes when all of them acknowledged it or after 2 s. */
export function createClockStream(clock: SandboxClock): ClockStream {
  const followers = new Map<string, Follower>();
  const waiting = new Set<() => void>();
  let epoch = 0;

  const tell = ({ response }: Follower) => {
    response.write(`${JSON.stringify({ now: clock.now(), speed: clock.speed(), epoch })}\n`);
  };
  const look = () => {
    for (const check of waiting) check();
  };
  const followed = (wanted: number) =>
    new Promise<void>((resolve) => {
      const finish = () => {
        clearTimeout(limit);
        waiting.delete(check);
        resolve();
      };
      const check = () => {
        if ([...followers.values()].every(({ acknowledged }) => acknowledged >= wanted)) finish();
      };
      const limit = setTimeout(finish, patience);
      waiting.add(check);
      check();
    });

  clock.onChange(() => {
    epoch += 1;
    for (const follower of followers.values()) tell(follower);
    return followed(epoch);
  });

  return {
    open(request, response, id) {
      const follower: Follower = { response, acknowledged: -1 };
      followers.set(id, follower);
      response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
      tell(follower);
      request.once('close', () => {
        if (followers.get(id) === follower) followers.delete(id);
        look();
      });
    },
    acknowledge(id, acknowledged) {
      const follower = followers.get(id);
      if (follower) follower.acknowledged = Math.max(follower.acknowledged, acknowledged);
      look();
    },
    close() {
      for (const { response } of followers.values()) response.destroy();
      followers.clear();
      look();
    },
  };
}
