import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { openVault } from '../../app/lib/crypto.ts';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld();
const folder = mkdtempSync(path.join(tmpdir(), 'concord-reports-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const first = '902-0000001-0000001';
const second = '902-0000002-0000002';
const stranger = '902-0000003-0000003';
const line = '10000000000001';

interface Answer {
  readonly status: number;
  readonly said: string;
  readonly error: string;
  readonly data: Record<string, unknown>;
}

/** Runs `concord report` in a process of its own; `input` goes to its standard input. */
function report(words: readonly string[], input?: string): Promise<Answer> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...world.sandbox.env };
    const child = execFile(
      process.execPath,
      ['app/concord.ts', 'report', ...words],
      { env },
      (failure, said, error) => {
        const data =
          words.includes('--json') && said !== '' ? (JSON.parse(said) as Record<string, unknown>) : {};
        resolve({ status: failure ? Number(failure.code) : 0, said, error, data });
      },
    );
    child.stdin?.end(input);
  });
}

const titles = [
  'order-id',
  'order-item-id',
  'purchase-date',
  'sku',
  'is-buyer-requested-cancellation',
  'buyer-requested-cancel-reason',
];
const row = (id: string, asked: string, reason = '', more: { item?: string; at?: string } = {}) =>
  [id, more.item ?? line, more.at ?? '2026-11-19T10:11:12+00:00', 'SKU-1', asked, reason].join('\t');
const text = (...rows: string[]) => `${[titles.join('\t'), ...rows].join('\n')}\n`;

function file(name: string, content: string | Buffer, day = '2026-11-20'): string {
  const where = path.join(folder, name);
  writeFileSync(where, content);
  utimesSync(where, new Date(`${day}T12:00:00Z`), new Date(`${day}T12:00:00Z`));
  return where;
}

interface ClaimRow {
  readonly amazon_order_id: string;
  readonly order_item_ids: string[];
  readonly source: string;
  readonly reason: string | null;
  readonly said_at: Date | null;
}
const claims = () =>
  world.database.owner<ClaimRow>('select * from claim order by seen_at, amazon_order_id, order_item_ids');
const knocks = async (id: string) =>
  (
    await world.database.owner<{ knocks: number }>(
      'select knocks from amazon_order where amazon_order_id = $1',
      [id],
    )
  )[0]?.knocks ?? 0;
const clear = (sealed: string | null) =>
  sealed && openVault(world.sandbox.env['ENCRYPTION_KEYS'] ?? '').open(sealed);

beforeEach(async () => {
  await world.place(
    amazonOrder(first, {
      orderItems: [
        amazonLine(line, { item: '15.00' }),
        amazonLine('10000000000002', { sku: 'SKU-2', item: '10.00' }),
      ],
    }),
    amazonOrder(second),
  );
  await world.settle();
});

it('REQ-1 REQ-6 REQ-13: a report is claims and knocks; the same one twice makes no second claim', async () => {
  const reason = '=HYPERLINK("http://x") <b>“Größe”</b>';
  const before = [await knocks(first), await knocks(second)];
  const upload = file('one.txt.gz', gzipSync(text(row(first, 'TRUE', reason), row(second, 'FALSE'))));
  const done = await report([upload, '--json']);
  expect(done).toMatchObject({
    status: 0,
    data: { rows: 2, asked: 1, newClaims: 1, knownClaims: 0, knocked: 1, left: 0, broken: 0, cut: null },
  });
  const [claim, ...more] = await claims();
  expect(more).toEqual([]);
  expect(claim).toMatchObject({
    amazon_order_id: first,
    order_item_ids: [line],
    source: 'report',
    said_at: null,
  });
  expect(claim?.reason).not.toContain('HYPERLINK');
  expect(clear(claim?.reason ?? null)).toBe(reason);
  expect((await knocks(first)) > (before[0] ?? 0)).toBe(true);
  expect(await knocks(second)).toBe(before[1]);

  const looked = await knocks(first);
  expect(await report([upload, '--json'])).toMatchObject({
    data: { newClaims: 0, knownClaims: 1, knocked: 1 },
  });
  expect(await claims()).toHaveLength(1);
  expect((await knocks(first)) > looked).toBe(true);
  const newer = file('newer.txt', text(row(first, '1', reason)), '2026-11-21');
  expect(await report([newer, '--json'])).toMatchObject({ data: { newClaims: 1 } });
});

it('REQ-13: an order not known here comes in where it is asked for or new; a foreign file does not fill the table', async () => {
  await world.database.owner("update seller set import_from = '2026-11-01T00:00:00Z'");
  const rows = [
    row('903-0000001-0000001', 'true', 'Mistake', { at: '2026-10-01T00:00:00+00:00' }),
    row(stranger, 'false'),
    row('903-0000002-0000002', 'false', '', { at: '2026-10-01T00:00:00+00:00' }),
    row('903-0000003-0000003', '', '', { at: '' }),
  ];
  const done = await report(['-', '--json'], text(...rows));
  expect(done).toMatchObject({ status: 0, data: { knocked: 2, left: 2, newClaims: 1 } });
  const ids = await world.database.owner<{ id: string }>(
    "select amazon_order_id as id from amazon_order where amazon_order_id like '903-%' or amazon_order_id = $1 order by 1",
    [stranger],
  );
  expect(ids.map(({ id }) => id)).toEqual([stranger, '903-0000001-0000001']);
  await world.database.owner("update seller set import_from = '2000-01-01T00:00:00Z'");
});

it('REP-5: a report without the column says so, as a problem that the next one with it ends', async () => {
  const without = text(row(first, ''))
    .replace(/\tis-buyer-requested-cancellation\tbuyer-requested-cancel-reason/, '')
    .replace(/\t\t\n$/, '\n');
  const done = await report([file('without.txt', without)]);
  expect(done.status).toBe(0);
  expect(done.said).toContain('Your order report has no column “Buyer requested cancellation”.');
  expect(await world.problems()).toMatchObject([{ kind: 'column_off' }]);
  const misspelt = text(row(first, 'false')).replace('requested-cancellation', 'requested-cancelation');
  expect((await report([file('with.txt', misspelt)])).said).toContain(
    'Read the column “is-buyer-requested-cancelation” as “is-buyer-requested-cancellation”.',
  );
  expect(await world.problems()).toEqual([]);
});

it('REP-5: broken lines are told, and the rest is taken', async () => {
  const broken = Array.from({ length: 25 }, () => second);
  const done = await report([file('broken.txt', text(...broken, row(first, 'true')))]);
  expect(done.status).toBe(0);
  expect(done.said).toContain('25 lines could not be read');
  expect(done.said).toContain('Line 2 has 1 columns instead of 6.');
  expect(done.said).toContain('And 5 more.');
  expect(await claims()).toHaveLength(1);
});

it('REP-5: what was called wrongly is told in a sentence', async () => {
  const mistakes: [words: string[], sentence: string][] = [
    [[path.join(folder, 'none.txt')], 'There is no file'],
    [[folder], 'There is no file'],
    [[], 'Name a file'],
    [['x', '--fetch'], 'Name a file'],
    [['-', '--seller', 'A9'], 'The shop has no account A9'],
    [['--fetch', '--type', 'odd'], 'one of unshipped, all'],
    [['--fetch', '--type', 'all', '--days', '61'], '1 to 60'],
  ];
  const answers = await Promise.all(mistakes.map(([words]) => report(words, '')));
  expect(answers.map(({ status, error }, i) => [status, error.includes(mistakes[i]?.[1] ?? '-')])).toEqual(
    mistakes.map(() => [2, true]),
  );
});

it('REP-5: a wrong file is refused, and changes nothing', async () => {
  const done = await report([file('wrong.txt', 'settlement-id\torder-id\n1\t2\n'), '--json']);
  expect(done).toMatchObject({
    status: 1,
    data: { refused: 'This is a settlement report in another form; download it as “Flat File V2”.' },
  });
  expect([await claims(), await world.problems()]).toEqual([[], []]);
});

/** Starts `--fetch`, waits until it is asked for, and lets the time pass that Amazon takes. */
async function fetchReport(...words: string[]): Promise<Answer> {
  const answer = report(['--fetch', '--json', ...words]);
  for (let tries = 0; tries < 600; tries += 1) {
    if ((await world.database.owner('select id from order_report')).length > 0) break;
    await pause(50);
  }
  await world.settle(true);
  return answer;
}

it('REQ-1 REP-5 SEC-5: a report is fetched from Amazon, and nothing of the buyer stays', async () => {
  await world.control('POST', '/behaviour', { name: 'amazon.report-encoding', value: 'windows-31j' });
  await world.control('POST', '/faults', {
    service: 'amazon',
    match: { operation: 'createReport' },
    kind: 'drop-answer',
  });
  await world.control('POST', '/faults', {
    service: 'amazon',
    match: { operation: 'getReportDocument' },
    kind: 'error',
    status: 503,
  });
  await world.control('POST', `/amazon/orders/${first}/request-cancel`, {
    orderItemIds: [line],
    reason: '間違えた',
  });
  const done = await fetchReport();
  expect(done).toMatchObject({
    status: 0,
    data: { state: 'done', counts: { rows: 3, asked: 1, newClaims: 1 } },
  });
  const [claim] = await claims();
  expect(claim).toMatchObject({ amazon_order_id: first, order_item_ids: [line] });
  expect(claim?.said_at).toBeInstanceOf(Date);
  const kept = JSON.stringify(await world.database.owner('select * from order_report'));
  expect(kept).not.toMatch(/Example|Main Street|hidden@/);
  const created = (await world.log('amazon')).filter((call) => call.operation === 'createReport');
  expect(created).toHaveLength(1);
});

it('REP-5: what never reached Amazon is asked again; no data is no failure; a refusal is told in a sentence', async () => {
  for (const id of [first, second])
    await world.control('POST', `/amazon/orders/${id}/cancel`, { by: 'BUYER' });
  await world.settle();
  const match = { operation: 'createReport' };
  await world.control('POST', '/faults', { service: 'amazon', match, kind: 'drop-request' });
  expect(await fetchReport()).toMatchObject({
    status: 0,
    data: { state: 'done', why: expect.stringContaining('nothing in it') as string },
  });
  await world.database.owner('delete from order_report');
  await world.control('POST', '/amazon/authorisation', {
    state: 'granted',
    missingRoles: ['Direct-to-Consumer Delivery (Restricted)'],
  });
  expect(await fetchReport('--type', 'all', '--days', '60')).toMatchObject({
    status: 1,
    data: {
      state: 'failed',
      why: expect.stringContaining('does not let this app read the report') as string,
    },
  });
  await world.control('POST', '/amazon/authorisation', { state: 'granted' });
});

const sample = '../shared/amazon/samples/reports-tsv/unshipped-with-cancel-request.invented.tsv';
it.skipIf(!existsSync(sample))("REQ-1: Amazon's own sample report leads to a claim", async () => {
  expect(await report([sample, '--json'])).toMatchObject({
    status: 0,
    data: { rows: 1, asked: 1, newClaims: 1 },
  });
  expect(clear((await claims())[0]?.reason ?? null)).toBe('Order created by mistake');
});
