import { lineOf, within } from './budgets.ts';
import { importOrders } from './import-orders.ts';

// npm run bench [-- orders]: measures an import and compares it with its budgets; ends with 1 where one is exceeded.
const count = Number(process.argv[2] ?? 10_000);
process.stdout.write(`Importing ${count} orders with one worker …\n`);
const figures = await importOrders(count);
process.stdout.write(`${figures.map(lineOf).join('\n')}\n${JSON.stringify(figures)}\n`);
process.exitCode = within(figures) ? 0 : 1;
