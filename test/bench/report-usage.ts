// Loaded before a worker (`node --import`): tells its parent five times a second what it has used so far.
import pg from 'pg';
import type { Usage } from './measured-worker.ts';

const counts = { work: 0, queue: 0 };

type Query = (...args: unknown[]) => unknown;
const prototype = pg.Client.prototype as unknown as { query: Query };
const plain = prototype.query;
const textOf = (first: unknown): string => {
  const text = typeof first === 'object' && first !== null && 'text' in first ? first.text : first;
  return typeof text === 'string' ? text : '';
};

// The queue's own statements, and those that look for what is due, come by the second and not by the order.
const timed =
  /graphile_worker|worker_beat|from amazon_order o join shop|from seller l join shop|^listen|^select 1/i;

prototype.query = function count(this: unknown, ...args: unknown[]): unknown {
  counts[timed.test(textOf(args[0])) ? 'queue' : 'work'] += 1;
  return Reflect.apply(plain, this, args);
};

let liveMb = 0;
// What is still in use, without what the next garbage collection would free.
process.on('message', () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  liveMb = (heapUsed + external) / 2 ** 20;
});

setInterval(() => {
  const { user, system } = process.cpuUsage();
  const usage: Usage = {
    sql: counts.work,
    queueSql: counts.queue,
    cpuMs: (user + system) / 1000,
    liveMb,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
  };
  process.send?.(usage);
}, 200).unref();
