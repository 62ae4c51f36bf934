import { parseArgs } from 'node:util';
import { startSandbox } from '../../app/sandbox/start.ts';
import { lineOf, within } from './budgets.ts';
import { playCancels } from './play-cancels.ts';

// node test/bench/cancels.ts [orders] [--speed N] [--workers N]: every buyer asks, a merchant approves all at once; how many
// batches and calls it takes, and how long until both sides agree, beside what the limits alone take. Ends with 1 where a
// budget is exceeded. Faster than 1 the machine's own time counts so many times.
const { values, positionals } = parseArgs({
  options: { speed: { type: 'string', default: '1' }, workers: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const count = Number(positionals[0] ?? 1000);

/** Points of Shopify's smallest plan, and what one order cannot do without: its cancel (10) and its mark (20). */
const [bucket, aSecond, perOrder] = [2000, 100, 30];
/** Undo time, and Amazon's own time for a batch: in line and at work. */
const [undo, feed] = [120, 90];

process.stdout.write(`${String(count)} cancels are approved …\n`);
const sandbox = await startSandbox({ port: 0, workers: Number(values.workers), web: false, headless: true });
try {
  await sandbox.world.clock.setSpeed(Number(values.speed));
  const began = performance.now();
  const cancels = await playCancels(sandbox, count);
  const floor = undo + feed + Math.max(0, count * perOrder - bucket) / aSecond;
  const total = (calls: Readonly<Record<string, number>>) =>
    Object.values(calls).reduce((sum, n) => sum + n, 0);
  const figures = [
    { what: 'orders that do not agree on both sides', value: count - cancels.agreed, budget: 0 },
    { what: 'batches of cancels', value: cancels.feeds['cancel_amazon'] ?? 0, budget: 2 },
    { what: 'messages in all batches', value: cancels.messages, budget: count },
    { what: 'calls to Amazon', value: total(cancels.amazonByOperation), budget: null },
    { what: 'calls to Shopify per order', value: total(cancels.shopifyByOperation) / count, budget: null },
    { what: 'requests refused for their rate', value: total(cancels.refusedByLimits), budget: 0 },
    { what: 'all approved after, seconds of the world', value: cancels.approvedAfter, budget: null },
    { what: 'all cancelled on Amazon after', value: cancels.amazonCancelledAfter, budget: null },
    { what: 'both sides agree after', value: cancels.agreedAfter, budget: null },
    { what: 'floor of the limits, seconds', value: floor, budget: null },
    { what: 'real seconds of the whole run', value: (performance.now() - began) / 1000, budget: null },
  ];
  process.stdout.write(`${figures.map(lineOf).join('\n')}\n${JSON.stringify({ ...cancels, floor })}\n`);
  process.exitCode = within(figures) ? 0 : 1;
} finally {
  await sandbox.stop();
}
