import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { shopDomain } from '../../app/domain/ids.ts';
import { settingsSchema, type Settings } from '../../app/domain/settings.ts';
import { openVault } from '../../app/lib/crypto.ts';
import { setTargets } from '../../app/notices/set-targets.ts';
import { setSettings } from '../../app/sync/change-settings.ts';
import { amazonOrder } from '../amazon-orders.ts';
import { startMailServer } from '../mail-server.ts';
import { runningWorld } from '../running-world.ts';
import { startInbox } from '../webhook-inbox.ts';

const mails = await startMailServer();
const inbox = await startInbox();
afterAll(async () => {
  await mails.close();
  await inbox.close();
});
const world = runningWorld({ smtpUrl: mails.url });

const words = 'I never wanted this Zanzibar mug';
const buyerWords = [words, 'Zanzibar', 'Ann', 'hidden@marketplace', 'Main Street', '98101', '555 0100'];

/** Where the shop's notices go, and what it wants. */
async function tell(
  to: { mails?: readonly string[]; webhook?: string | null },
  notices: Partial<Settings['notices']> = {},
  shop = shopDomain(world.sandbox.shop),
): Promise<string | null> {
  const vault = openVault(world.sandbox.env['ENCRYPTION_KEYS'] ?? '');
  const defaults = settingsSchema.parse({}).notices;
  return world.database.db.forShop(shop, async (tx) => {
    await setSettings(tx, shop, { notices: { ...defaults, ...notices } }, 'test');
    const wanted = { mails: to.mails ?? [], webhook: to.webhook ?? null };
    return (await setTargets(tx, vault, shop, wanted, 'test')).secret;
  });
}

/** An order that has to be shipped in ten days, or was ten days ago. */
const shipIn = (id: string, days = 10) => {
  const latest = Math.floor(world.sandbox.world.clock.now() / 1000) * 1000 + days * 86_400_000;
  const iso = (ms: number) => new Date(ms).toISOString();
  const shipByWindow = {
    earliestDateTime: iso(latest - 86_400_000),
    latestDateTime: iso(latest),
  };
  return amazonOrder(id, {
    // The cancellation rate counts the orders of a week, and other tests let days pass.
    createdTime: iso(latest - days * 86_400_000),
    fulfillment: { fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'MERCHANT', shipByWindow },
  });
};

const deliveries = () =>
  world.database.owner<{ id: string; state: string; attempts: number; answer: string | null; due_at: Date }>(
    'select id::text, state, attempts, answer, due_at from notice_delivery order by made_at, id',
  );

/** Orders that their buyers want to cancel. */
async function askFor(...ids: string[]): Promise<void> {
  await world.place(...ids.map((id) => shipIn(id)));
  await world.settle();
  for (const id of ids) await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason: words });
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries > 400) throw new Error('It did not come.');
    await pause(50);
  }
}

beforeEach(() => {
  mails.mode = 'take';
  mails.received.length = 0;
  inbox.status = 200;
  inbox.received.length = 0;
});
afterEach(() => {
  mails.mode = 'take';
});

it('REQ-11 REQ-5 SEC-2: a new request is one mail to each address, with its clocks and nothing of the buyer', async () => {
  await tell({ mails: ['one@staff.example', 'two@staff.example'] });
  await askFor('119-1');
  await world.settle();
  expect(mails.received.map(({ to }) => to).sort()).toEqual([['one@staff.example'], ['two@staff.example']]);
  const [{ mail, raw } = { mail: null, raw: '' }] = mails.received;
  expect(mail?.subject).toBe('The buyer wants to cancel order 119-1.');
  expect(mail?.text).toContain('Marketplace: amazon.com');
  expect(mail?.text).toMatch(/Ship by \w{3} \d/);
  expect(mail?.text).toContain('/app/orders/119-1');
  expect(mail?.text).toContain('Settings, section Notices');
  expect(mail?.html).toContain('<strong>The buyer wants to cancel order 119-1.</strong>');
  const tables = [
    'notice',
    'notice_target',
    'notice_delivery',
    'audit_entry',
    'graphile_worker._private_jobs',
  ];
  const rows = await Promise.all(
    tables.map((table) => world.database.owner<{ row: string }>(`select t::text as row from ${table} t`)),
  );
  const kept = rows
    .flat()
    .map(({ row }) => row)
    .join('\n');
  expect(kept).toContain('119-1');
  for (const secret of [...buyerWords, 'staff.example']) expect(kept, secret).not.toContain(secret);
  for (const word of buyerWords)
    expect(`${raw}${mail?.text ?? ''}${mail?.html ?? ''}`, word).not.toContain(word);
  await world.control('POST', '/clock', { advance: 'PT10M' });
  await world.settle();
  expect(mails.received).toHaveLength(2);
});

it('REQ-11: what comes at once goes in one mail, with what each is about', async () => {
  await tell({ mails: ['one@staff.example'] });
  await askFor('119-2', '119-3', '119-4');
  await world.settle();
  expect(mails.received).toHaveLength(1);
  const [{ mail } = { mail: null }] = mails.received;
  expect(mail?.subject).toBe('3 notices about your Amazon orders');
  for (const id of ['119-2', '119-3', '119-4']) expect(mail?.text).toContain(`/app/orders/${id}`);
});

it('REQ-11: where a worker dies between sending and noting, the mail comes again with the same id, and then never again', async () => {
  await tell({ mails: ['one@staff.example'] });
  await askFor('119-5');
  mails.mode = 'hold';
  const { app } = world.sandbox.world;
  const waiting = app.settle({ timeoutMs: 3_000, untilIdle: false });
  await until(() => mails.received.length === 1);
  await app.killWorkers();
  await waiting;
  mails.mode = 'take';
  // Half a minute of real time passes for the claim of the dead worker.
  await world.database.owner(
    "update notice_delivery set claim_until = clock_timestamp() - interval '1 second'",
  );
  await app.setWorkers(1);
  await world.settle();
  const [first, second] = mails.received.map(({ mail }) => mail.messageId);
  expect(mails.received).toHaveLength(2);
  expect(first).toMatch(/^<[0-9a-f-]{36}@mail\.concord\.test>$/);
  expect(second).toBe(first);
  await world.control('POST', '/clock', { advance: 'PT10M' });
  await world.settle();
  expect(mails.received).toHaveLength(2);
  expect(await deliveries()).toMatchObject([{ state: 'sent', attempts: 2, answer: '250' }]);
});

it('REQ-11: while the mail server cannot it is tried again, less and less often, and given up after a day', async () => {
  await tell({ mails: ['one@staff.example'] });
  await askFor('119-6');
  mails.mode = 'later';
  await world.settle();
  const [failing] = await deliveries();
  expect(failing).toMatchObject({ state: 'waiting', answer: '451' });
  expect(mails.received).toEqual([]);
  mails.mode = 'take';
  await world.control('POST', '/clock', { advance: 'PT13H' });
  await world.settle();
  expect(await deliveries()).toMatchObject([
    { state: 'sent', attempts: (failing?.attempts ?? 0) + 1, answer: '250' },
  ]);
  mails.mode = 'later';
  await askFor('119-7');
  await world.settle(true);
  expect((await deliveries()).at(-1)).toMatchObject({ state: 'failed', attempts: 8, answer: '451' });
  mails.mode = 'never';
  await askFor('119-8');
  await world.settle();
  expect((await deliveries()).at(-1)).toMatchObject({ state: 'failed', attempts: 1, answer: '550' });
});

it('SEC-1: the addresses of another shop hear nothing, nor does one that was taken away', async () => {
  await world.control('POST', '/shops', { domain: 'other.myshopify.com' });
  await tell({ mails: ['other@elsewhere.example'] }, {}, shopDomain('other.myshopify.com'));
  await tell({ mails: ['one@staff.example', 'gone@staff.example'] });
  await tell({ mails: ['one@staff.example'] });
  await askFor('119-9');
  await world.settle();
  expect(mails.received.map(({ to }) => to)).toEqual([['one@staff.example']]);
});

it('REQ-11: what happened before an address was there is no news for it', async () => {
  await askFor('119-10');
  await world.settle();
  await tell({ mails: ['one@staff.example'] });
  await world.settle();
  expect(mails.received).toEqual([]);
  expect(await world.database.owner('select from notice where passed_on_at is null')).toEqual([]);
});

it('REQ-12: a critical problem is told by its name, once while it is open', async () => {
  await tell({ mails: ['one@staff.example'] });
  await world.place(shipIn('119-11', -10));
  await world.settle();
  expect(await world.problems('119-11')).toMatchObject([{ kind: 'ship_late' }, { kind: 'sku_unlinked' }]);
  expect(mails.received.map(({ mail }) => mail.subject)).toEqual(['Ship now: late: order 119-11']);
});

it('REQ-11 REQ-5: a new request is one webhook, signed with the secret that was told once, with nothing of the buyer', async () => {
  const secret = await tell({ mails: ['one@staff.example'], webhook: inbox.url });
  expect(await tell({ mails: ['one@staff.example'], webhook: inbox.url })).toBeNull();
  await askFor('119-12');
  await world.settle();
  expect(mails.received).toHaveLength(1);
  expect(inbox.received).toHaveLength(1);
  const [{ headers, body } = { headers: {}, body: '' }] = inbox.received;
  const [id, at] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])];
  const key = Buffer.from((secret ?? '').replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${signature}`);
  expect(JSON.parse(body)).toEqual({
    type: 'request.opened',
    timestamp: expect.stringMatching(/Z$/) as string,
    data: {
      shop: world.sandbox.shop,
      sentence: 'The buyer wants to cancel order 119-12.',
      orderId: '119-12',
      marketplaceId: 'ATVPDKIKX0DER',
      problem: null,
      url: expect.stringMatching(/\/app\/orders\/119-12$/) as string,
      shipBy: expect.stringMatching(/T.*Z$/) as string,
      answerBy: null,
    },
  });
  for (const word of buyerWords) expect(body, word).not.toContain(word);
});

it('REQ-11: while a receiver cannot it gets the same webhook again later, with the same id, and only of what was asked for', async () => {
  await tell({ webhook: inbox.url }, { webhook: ['request_opened'] });
  inbox.status = 503;
  await askFor('119-13');
  await world.settle();
  const before = inbox.received.length;
  expect(before).toBeGreaterThan(0);
  inbox.status = 200;
  await world.control('POST', '/clock', { advance: 'PT13H' });
  await world.settle();
  expect(inbox.received).toHaveLength(before + 1);
  expect(new Set(inbox.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(await deliveries()).toMatchObject([{ state: 'sent', answer: '200' }]);
});

const newYork = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', timeStyle: 'short' });

/** The shop is where the pretend Shopify has it, known from the start. */
const knowZone = () =>
  world.database.owner(
    `update shop set facts_at = null, facts = '{"currencies":["USD"],"readsAllOrders":true,"locationId":null,"timeZone":"America/New_York"}'`,
  );

/** Lets time pass until it is eight in the morning there. */
async function untilEight(): Promise<void> {
  const now = world.sandbox.world.clock.now();
  const hours = Array.from({ length: 26 }, (_, n) => (Math.floor(now / 3_600_000) + n + 1) * 3_600_000);
  const eight = hours.find((at) => newYork.format(at) === '08:00') ?? now;
  await world.control('POST', '/clock', { advance: `PT${Math.ceil((eight - now) / 1000)}S` });
}

it('REQ-11: each day at 08:00 in the shop’s time zone a digest tells how things stand, where there is something', async () => {
  await knowZone();
  await tell({ mails: ['one@staff.example'], webhook: inbox.url }, { digest: true, mail: [], webhook: [] });
  await untilEight();
  await world.settle();
  expect(mails.received).toEqual([]);
  await askFor('119-14');
  await world.settle();
  await untilEight();
  await world.settle();
  expect(mails.received).toHaveLength(1);
  const [{ mail } = { mail: null }] = mails.received;
  expect(mail?.subject).toMatch(/^Your Amazon orders: \d of 1 order in step$/);
  expect(mail?.text).toContain('1 open request');
  expect(mail?.text).toContain('1 came in, 0 cancelled');
  expect(mail?.text).toContain('Cancellation rate on amazon.com: 0.00 % (0 of 1)');
  expect(newYork.format(Date.parse(mail?.date ?? '')).slice(0, 2)).toBe('08');
  expect(inbox.received).toEqual([]);
  await world.control('POST', '/clock', { advance: 'PT2H' });
  await world.settle();
  expect(mails.received).toHaveLength(1);
});

it('REP-6 REP-7: on Monday at 08:00 a mail tells of the reports of the week before, once', async () => {
  await knowZone();
  await tell({ mails: ['one@staff.example'] }, { reports: 'weekly', mail: [] });
  await askFor('119-17');
  await world.settle();
  for (let days = 0; days < 8; days += 1) {
    await untilEight();
    await world.settle();
  }
  const reports = mails.received.filter(({ mail }) => mail.subject?.startsWith('Your Amazon reports'));
  expect(reports).toHaveLength(1);
  const [{ mail } = { mail: null }] = reports;
  expect(mail?.subject).toMatch(/: 1 order$/);
  expect(mail?.text).toContain('1 buyer asked to cancel. Most often: ');
  expect(mail?.text).toMatch(/\/app\/reports\/reasons\?from=2026-/);
  expect(mail?.text).toMatch(/Amazon and Shopify agree on these days\./);
  expect(mail?.text).toMatch(/Sales: Amazon [\d.]+\sUSD, Shopify [\d.]+\sUSD\. Refunds: Amazon 0\.00\sUSD/);
  expect(mail?.text).toMatch(/\/app\/reports\/consistency\?from=2026-/);
  for (const word of buyerWords) expect(mail?.text, word).not.toContain(word);
  expect(
    new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'America/New_York' }).format(
      Date.parse(mail?.date ?? ''),
    ),
  ).toBe('Monday');
});

it('REQ-11: in quiet hours a request waits until they end, and a critical problem does not', async () => {
  await knowZone();
  await world.place(shipIn('119-15'));
  await world.settle();
  const now = world.sandbox.world.clock.now();
  const quiet = { from: newYork.format(now - 3_600_000), to: newYork.format(now + 5 * 3_600_000) };
  await tell({ mails: ['one@staff.example'], webhook: inbox.url }, { quiet });
  await world.control('POST', '/amazon/orders/119-15/request-cancel', { reason: words });
  await world.settle();
  expect([mails.received, inbox.received]).toEqual([[], []]);
  await world.place(shipIn('119-16', -10));
  await world.settle();
  expect(mails.received.map(({ mail }) => mail.subject)).toEqual(['Ship now: late: order 119-16']);
  expect(inbox.received).toHaveLength(1);
  await world.control('POST', '/clock', { advance: 'PT6H' });
  await world.settle();
  expect(mails.received.map(({ mail }) => mail.subject).slice(1)).toEqual([
    'The buyer wants to cancel order 119-15.',
  ]);
  expect(inbox.received).toHaveLength(2);
});

it('REQ-11: the command line sends a test with its real answer, and lists what was sent without an address', async () => {
  const concord = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['app/concord.ts', 'notices', ...args], {
      env: { ...process.env, ...world.sandbox.env },
    });
  await tell({ mails: ['one@staff.example'], webhook: inbox.url });
  expect((await concord('test', 'webhook')).stdout).toContain('Taken (1 took it), answer 200');
  expect(JSON.parse(inbox.received[0]?.body ?? '')).toMatchObject({ type: 'test' });
  mails.mode = 'never';
  await expect(concord('test', 'mail')).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('answer 550') as string,
  });
  await expect(concord('test', 'fax')).rejects.toMatchObject({ code: 2 });
  const { stdout } = await concord('list');
  expect(stdout).toContain('1 e-mail addresses, a webhook');
  expect(stdout).toMatch(/webhook test {2}sent, tried 1, answer 200/);
  expect(stdout).toMatch(/mail {4}test {2}failed, tried 1, answer 550/);
  expect(stdout).not.toContain('staff.example');
});
