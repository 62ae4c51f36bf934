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
    from: 'const claims = await openClaims(tx, services.vault, shop, ids);',
    to: `const claims = await openClaims(tx, services.vault, shop, ids);
    await tx.claim.updateMany({ where: { amazonOrderId: { in: [...ids] } }, data: { settledAt: new Date() } });`,
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
  {
    name: 'money 1: cancel in Shopify before Amazon shows it cancelled',
    file: 'app/domain/decide-cancel.ts',
    from: "if (order.status === 'cancelled') return together(",
    to: "if (order.status === 'cancelled' || cancelUnderWay(one)?.state === 'accepted') return together(",
  },
  {
    name: 'money 2: send a cancel without holding the work',
    file: 'app/domain/decide-cancel.ts',
    from: 'const { send } = holdForCancel(one, wish.intent);',
    to: "const send: ReturnType<typeof holdForCancel>['send'] = [];",
  },
  {
    name: 'money 3: what is under way to Amazon does not count as refunded',
    file: 'app/domain/refund-ledger.ts',
    from: 'inFlight: [...inFlight, ...planned], shown }',
    to: 'inFlight: inFlight.slice(0, 0), shown }',
  },
  {
    name: 'money 4: a batch whose answer was lost is made again without looking',
    file: 'app/sync/send-feed.ts',
    from: "if (!made.ok && made.failure.kind !== 'unsure')",
    to: 'if (!made.ok)',
  },
  {
    name: 'money 5: an error in the report is read as a yes',
    file: 'app/domain/feed-outcome.ts',
    from: 'if (error) return refusal(error, wordsOf(error, message));',
    to: '',
  },
  {
    name: 'money 6: equal refunds on both sides are two',
    file: 'app/domain/equal-refunds.ts',
    from: "if (equal) pairs.set(no, { fact: equal.fact, same: answer === 'same' });",
    to: '',
  },
  {
    name: 'money 7: Amazon’s showing of our own refund is taken for another one',
    file: 'app/domain/sent-refunds.ts',
    from: 'if (!echo) continue;',
    to: 'if (echo !== null) continue;',
  },
  {
    name: 'money 8: a proof never grows old',
    file: 'app/sync/send-feed.ts',
    from: 'const since = now() - proofHoldsMs;',
    to: 'const since = now() - proofHoldsMs * 1000;',
  },
  {
    name: 'money 9: a parcel is confirmed while a cancel is under way',
    file: 'app/domain/confirm-parcel.ts',
    from: 'if (cancelMayGo(one)) return',
    to: 'if (cancelMayGo(one) && !cancelUnderWay(one)) return',
  },
  {
    name: 'money 10: every try of a refund in Shopify has a key of its own',
    file: 'app/shopify/refund-order.ts',
    from: "createHash('sha256').update(key)",
    to: "createHash('sha256').update(`${key}${String(Math.random())}`)",
  },
  {
    name: 'money 11: goods go back to stock whatever a person said',
    file: 'app/domain/cancel-in-shopify.ts',
    from: 'return wanted && situation.link.stockTaken && !without;',
    to: 'return wanted || (situation.link.stockTaken && !without);',
  },
  {
    name: 'money 12: a parcel is told to Amazon again at every look',
    file: 'app/domain/ship-to-amazon.ts',
    from: 'if (number) return true;',
    to: 'if (number || sent.number !== last.reference) return true;',
  },
  {
    name: 'money 13: a cancel goes out though something is shipped',
    file: 'app/domain/cancel-guard.ts',
    from: "if (shippedOnAmazon(one)) return never('already_shipped');",
    to: '',
  },
  {
    name: 'money 14: a batch of which nobody knows what became of it counts as refused',
    file: 'app/sync/check-feed.ts',
    from: "to: 'unsure',",
    to: "to: 'refused',",
  },
  {
    name: 'money 15: Shopify is cancelled without its refund',
    file: 'app/domain/cancel-in-shopify.ts',
    from: 'refund: leftOnBooks(books) > 0 }',
    to: 'refund: leftOnBooks(books) < 0 }',
  },
  {
    name: 'money 16: a cancel in Shopify without a refund goes to Amazon',
    file: 'app/domain/cancel-wish.ts',
    from: 'if (onPayment > 0) return null;',
    to: 'return null;',
  },
  {
    name: 'money 17: a refund in Shopify is another one at every look',
    file: 'app/domain/plan-refund.ts',
    from: 'const key = refundAmazonKey(order.id, fact, turn);',
    to: 'const key = refundAmazonKey(order.id, fact, turn + Math.floor(Math.random() * 1e6) + 1);',
  },
  {
    name: 'money 18: an approval is another one at every look',
    file: 'app/domain/decide-cancel.ts',
    from: 'const key = cancelAmazonKey(order.id, wish.intent);',
    to: 'const key = cancelAmazonKey(order.id, `${wish.intent}${String(Math.random())}`);',
  },
  {
    name: 'money 19: our own entry of a refund is taken for one that staff made',
    file: 'app/domain/refund-ledger.ts',
    from: 'ownKey === null && !pending',
    to: '!pending',
  },
  {
    name: 'money 20: a refund made on Amazon is not entered in Shopify',
    file: 'app/domain/refund-ledger.ts',
    from: 'const toEnter = others.filter((move) => !paired.has(moveFact(move)));',
    to: 'const toEnter = others.filter((move) => paired.has(JSON.stringify(move)));',
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
    const { stdout, stderr } = spawnSync(process.execPath, soak, { cwd: folder, encoding: 'utf8' });
    // What is not about the model, as a missing file, is said on standard error alone.
    const lines = (stdout.trim() || stderr.trim()).split('\n');
    const why = lines.find((line) => line.startsWith('Error: '))?.slice(7, 160) ?? '';
    process.stdout.write(`${bug.name}; seed ${seed}: ${lines.at(-1) ?? ''} ${why}\n`);
  }
  rmSync(folder, { recursive: true, force: true });
}
