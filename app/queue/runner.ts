import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Logger, makeWorkerUtils, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Database } from '../db/client.ts';
import { beat, endBeat, enqueueWhatIsDue } from '../db/system.ts';
import { now, onClockChange } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { jobPayloads, type JobName } from './enqueue.ts';
import { createStrangers, lockersUnlisted } from './strangers.ts';

/** How often, in real time, a worker looks for what became due. */
const lookEveryMs = 1_000;
/** How often, in real time, a worker says that it lives and looks for dead ones. */
const beatEveryMs = 5_000;
/** How often, in real time, a worker is let do what comes up now and then. */
const choresEveryMs = 60_000;
const atOnce = 4;

/** What each job does; the payload is parsed before. */
export type Jobs = {
  [Name in JobName]: (payload: ReturnType<(typeof jobPayloads)[Name]['parse']>) => Promise<void>;
};

function taskList(jobs: Jobs): TaskList {
  return {
    drain: (payload) => jobs.drain(jobPayloads.drain.parse(payload)),
    poll: (payload) => jobs.poll(jobPayloads.poll.parse(payload)),
    backfill: (payload) => jobs.backfill(jobPayloads.backfill.parse(payload)),
    report: (payload) => jobs.report(jobPayloads.report.parse(payload)),
    feed: (payload) => jobs.feed(jobPayloads.feed.parse(payload)),
    finances: (payload) => jobs.finances(jobPayloads.finances.parse(payload)),
    changes: (payload) => jobs.changes(jobPayloads.changes.parse(payload)),
    ledgers: (payload) => jobs.ledgers(jobPayloads.ledgers.parse(payload)),
    notices: (payload) => jobs.notices(jobPayloads.notices.parse(payload)),
    erase: (payload) => jobs.erase(jobPayloads.erase.parse(payload)),
  };
}

/** The runner's own messages: only what went wrong is worth a line. */
function quietLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error({ from: 'queue' }, message);
    if (level === 'warning') log.warn({ from: 'queue' }, message);
  });
}

/** Does `work` again and again, `everyMs` after it ended, and at once when `nudge` is called; never twice at a time. */
function repeat(everyMs: number, log: Log, what: string, work: () => Promise<void>) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  const start = (): void => {
    clearTimeout(timer);
    if (running) {
      again = true;
      return;
    }
    running = work()
      .catch((error: unknown) => {
        if (!stopped)
          log.error({ error: error instanceof Error ? error.message : String(error) }, `${what} failed`);
      })
      .finally(() => {
        running = null;
        if (stopped) return;
        if (again) {
          again = false;
          start();
        } else timer = setTimeout(start, everyMs);
      });
  };
  start();
  return {
    nudge: start,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/**
 * Runs jobs until `stop`. Beside the queue's own listening it looks every second for orders and polls that became due
 * (and at once when the clock is moved), and every five seconds for workers that died: their jobs are unlocked, their
 * orders are due again when their leases run out (PRO-8).
 */
export async function startRunner(options: {
  url: string;
  db: Database;
  log: Log;
  jobs: Jobs;
  /** Called once a minute and whenever the clock is moved; it decides itself whether it is time. */
  chores: () => Promise<void>;
}): Promise<{ stop(): Promise<void> }> {
  const { url, db, log, jobs } = options;
  const id = randomUUID();
  const lockedBy: string[] = [];
  const events: WorkerEvents = new EventEmitter();
  // Jobs are locked in the name of the pool, not of its single workers.
  events.on('pool:create', ({ workerPool }) => lockedBy.push(workerPool.id));
  const logger = quietLogger(log);
  const utils = await makeWorkerUtils({ connectionString: url, logger });
  const runner = await run({
    connectionString: url,
    taskList: taskList(jobs),
    concurrency: atOnce,
    noHandleSignals: true,
    pollInterval: 1_000,
    useNodeTime: true,
    crontab: '',
    logger,
    events,
  });
  const looking = repeat(lookEveryMs, log, 'looking for what is due', () => enqueueWhatIsDue(db, now()));
  const strangers = createStrangers();
  const beating = repeat(beatEveryMs, log, 'looking for dead workers', async () => {
    const dead = await beat(db, id, lockedBy);
    dead.push(...strangers(await lockersUnlisted(utils), performance.now()));
    if (dead.length > 0) await utils.forceUnlockWorkers(dead);
  });
  const chores = repeat(choresEveryMs, log, 'a chore', options.chores);
  const unsubscribe = onClockChange(() => {
    looking.nudge();
    chores.nudge();
  });
  return {
    stop: async () => {
      unsubscribe();
      await Promise.all([looking.stop(), beating.stop(), chores.stop()]);
      await runner.stop();
      await endBeat(db, id);
      await utils.release();
    },
  };
}
