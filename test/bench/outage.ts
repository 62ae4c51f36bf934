import { startSandbox } from '../../app/sandbox/start.ts';
import { lineOf, within } from './budgets.ts';
import { playOutage } from './play-outage.ts';

// node test/bench/outage.ts [orders] [workers]: a day without workers while every buyer asks to cancel; ends with 1 where a
// budget is exceeded.
const [count, workers] = [Number(process.argv[2] ?? 1000), Number(process.argv[3] ?? 1)];

/** Points of Shopify's smallest plan, and what one order cannot do without: its hold (10) and its mark (20). */
const [bucket, aSecond, perOrder] = [2000, 100, 30];

process.stdout.write(`${String(count)} buyers ask during a day without workers …\n`);
const sandbox = await startSandbox({ port: 0, workers, web: false, headless: true });
try {
  const began = performance.now();
  const outage = await playOutage(sandbox, count, workers);
  const floor = Math.max(0, count * perOrder - bucket) / aSecond;
  const figures = [
    { what: 'orders held', value: outage.held, budget: null },
    { what: 'orders not held', value: count - outage.held, budget: 0 },
    { what: 'calls to Amazon', value: outage.amazonCalls, budget: 12 },
    { what: 'requests refused for their rate', value: outage.refusedByLimits, budget: 0 },
    { what: 'time to the last hold, seconds of the world', value: outage.seconds, budget: null },
    { what: 'floor of the writes alone, seconds', value: floor, budget: null },
    { what: 'real seconds of the whole run', value: (performance.now() - began) / 1000, budget: null },
  ];
  process.stdout.write(`${figures.map(lineOf).join('\n')}\n${JSON.stringify({ ...outage, floor })}\n`);
  process.exitCode = within(figures) ? 0 : 1;
} finally {
  await sandbox.stop();
}
