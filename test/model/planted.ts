import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

// node test/model/planted.ts [--only WORDS] [--steps N] [seed …]
// Plants one bug at a time into a copy of the app and tells after how many steps the model finds it, for each seed.

interface Planted {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const bugs: readonly Planted[] = [
  {
    name: 'drop the key: every command gets a key of its own',
    file: 'app/domain/command.ts',
    from: 'return `create_order:${order}`;',
    to: 'return `create_order:${order}:${Math.random()}`;',
  },
  {
    name: 'clear due_at without looking at knocks',
    file: 'app/db/release.ts',
    from: 'due_at = case when o.knocks = x.knocks then to_timestamp(x."dueAt" / 1000.0) else o.due_at end',
    to: 'due_at = to_timestamp(x."dueAt" / 1000.0)',
  },
  {
    name: 'create before looking',
    file: 'app/domain/decide-import.ts',
    from: 'const lost = lookForLost(situation, order);',
    to: 'const lost = null;',
  },
  {
    name: 'release on unknown data: data that was not given counts as absent',
    file: 'app/domain/recognise-request.ts',
    from: "if (reading.state === 'unknown') return before;",
    to: '',
  },
  {
    name: 'withdraw after one reading',
    file: 'app/domain/recognise-request.ts',
    from: 'return { ...before, absentSince: seen.readAt };',
    to: "return { ...before, absentSince: seen.readAt, ended: 'withdrawn' };",
  },
  {
    name: 'hold again after a person’s release',
    file: 'app/domain/hold-lines.ts',
    from: "if (wanted.length === 0) return [{ work, outcome: { is: 'released' }, send: [] }];",
    to: 'if (wanted.length === 0) for (const line of asked) wanted.push({ line, quantity: line.remaining });',
  },
  {
    name: 'release everybody’s holds',
    file: 'app/shopify/release-hold.ts',
    from: 'holds: [hold] }',
    to: 'holds: hold ? null : null }',
  },
  {
    name: 'forget claims before they are written',
    file: 'app/sync/reconcile.ts',
    from: 'await openClaims(tx, services.vault, shop, ids),',
    to: `await openClaims(tx, services.vault, shop, ids).then(async (claims) => {
          await tx.claim.updateMany({ where: { amazonOrderId: { in: [...ids] } }, data: { settledAt: new Date() } });
          return claims;
        }),`,
  },
  {
    name: 'believe a claim that Amazon does not confirm: what only a claim said is withdrawn by being absent',
    file: 'app/domain/recognise-request.ts',
    from: 'if (!before.confirmed && !othersConfirmed) return { ...before, absentSince: null };',
    to: '',
  },
  {
    name: 'take all of Shopify’s news for echoes of our own writes',
    file: 'app/sync/shopify-news.ts',
    from: 'return knownUntil === null || at === null || at > knownUntil;',
    to: 'return knownUntil === null;',
  },
  {
    name: 'remember the buyer’s words as they are',
    file: 'app/domain/remembered.ts',
    from: "request: line.request.state === 'asked' ? { ...line.request, reason: null } : line.request,",
    to: 'request: line.request,',
  },
];

const root = path.resolve(import.meta.dirname, '..', '..');
const copied = ['app', 'test/model', 'prisma', 'prisma.config.ts', 'package.json', 'shopify.app.toml'];

/** A copy of the project with the bug in it. Beside it, not below node_modules: Node strips no types there. */
function plant(bug: Planted): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'concord-planted-'));
  for (const name of copied) cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  const file = path.join(folder, bug.file);
  const text = readFileSync(file, 'utf8');
  if (text.split(bug.from).length !== 2)
    throw new Error(`${bug.file} no longer holds what "${bug.name}" changes.`);
  writeFileSync(
    file,
    text.replace(bug.from, () => bug.to),
  );
  return folder;
}

const { values, positionals } = parseArgs({
  options: { only: { type: 'string', default: '' }, steps: { type: 'string', default: '20000' } },
  allowPositionals: true,
});
const seeds = positionals.length > 0 ? positionals : ['1', '2', '3'];
for (const bug of bugs.filter(({ name }) => name.includes(values.only))) {
  const folder = plant(bug);
  for (const seed of seeds) {
    const soak = ['test/model/soak.ts', '--first', '--steps', values.steps, '--seed', seed];
    const { stdout } = spawnSync(process.execPath, soak, { cwd: folder, encoding: 'utf8' });
    const lines = stdout.trim().split('\n');
    const why = lines.find((line) => line.startsWith('Error: '))?.slice(7, 160) ?? '';
    process.stdout.write(`${bug.name}; seed ${seed}: ${lines.at(-1) ?? 'nothing said'} ${why}\n`);
  }
  rmSync(folder, { recursive: true, force: true });
}
