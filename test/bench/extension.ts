import { paths } from '../../extensions/shared/contract.ts';
import { startSandbox } from '../../app/sandbox/start.ts';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { askAsExtension } from '../extension-call.ts';

// node test/bench/extension.ts: how long the app takes to answer the block and the action for an order with 50 lines.
const id = '153-0000000-0000001';
const lineCount = 50;
const rounds = 100;
/** The answer may take so long (ms). */
const budget = 100;

const sandbox = await startSandbox({ port: 0, workers: 1, web: true, headless: true });
const control = async (path: string, body: unknown) => {
  const answer = await fetch(sandbox.control + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
};
try {
  const lines = Array.from({ length: lineCount }, (_, at) =>
    amazonLine(String(10_000_000_000_000 + at), { sku: `SKU-${at}`, item: '10.00' }),
  );
  const proceeds = { grandTotal: { amount: `${lineCount * 10}.00`, currencyCode: 'USD' } };
  await control('/amazon/orders', [amazonOrder(id, { orderItems: lines, proceeds })]);
  await control('/settle', {});
  await control(`/amazon/orders/${id}/request-cancel`, { reason: 'Ordered by mistake' });
  await control('/settle', {});
  const order = sandbox.world.shopify?.listOrders(sandbox.shop)[0]?.id ?? '';
  for (const path of [paths.block, paths.action]) {
    const taken: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      const answer = await askAsExtension(sandbox, path, { order });
      const text = await answer.text();
      taken.push(performance.now() - began);
      if (!text.includes(id)) throw new Error(text);
    }
    taken.sort((a, b) => a - b);
    const at = (part: number) => taken[Math.floor(rounds * part)] ?? 0;
    process.stdout.write(
      `${path}, ${lineCount} lines: median ${at(0.5).toFixed(1)} ms, 95 % ${at(0.95).toFixed(1)} ms, worst ${at(0.999).toFixed(1)} ms\n`,
    );
    if (at(0.95) > budget) process.exitCode = 1;
  }
} finally {
  await sandbox.stop();
}
