import { parseArgs } from 'node:util';
import { allMishaps, holds, kindsNamed, tryEffects, type EffectsRow } from './effect-trials.ts';
import { ownDatabase } from './own-database.ts';
import { openModelWorld } from './world.ts';

// node test/model/effects.ts [--count 50] [--only KIND] [--mishap WORDS]
// For each kind of write: lost answers, effects that come late (one second to nine minutes), and workers killed right after
// sending; and how often each effect then stands on the other side. Ends with 1 where one is doubled, or missing unsaid.
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '50' },
    only: { type: 'string', default: '' },
    mishap: { type: 'string', default: '' },
  },
});
const count = Number(values.count);
const say = (text: string) => process.stdout.write(`${text}\n`);
const columns = ['tried', 'effects', 'doubled', 'missing', 'said'] as const;
const lineOf = (row: EffectsRow) =>
  `${row.kind.padEnd(22)}${row.mishap.padEnd(22)}${columns.map((name) => String(row[name]).padStart(9)).join('')}`;

const database = await ownDatabase();
const world = await openModelWorld(database);
let held = true;
say(`${'write'.padEnd(22)}${'mishap'.padEnd(22)}${columns.map((name) => name.padStart(9)).join('')}`);
for (const kind of kindsNamed(values.only)) {
  const mishaps = allMishaps.filter((one) => one.includes(values.mishap));
  for (const row of await tryEffects(world, kind, mishaps, count)) {
    held &&= holds(row, count);
    say(lineOf(row));
    for (const wrong of row.wrong) say(`    ${wrong}`);
  }
}
process.exitCode = held ? 0 : 1;
await world.close();
await database.stop();
