import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { sandboxMail } from '../../app/sandbox/app-environment.ts';
import { amazonOrder } from '../amazon-orders.ts';
import { askRoute } from '../browser/admin-page.ts';
import { dealings } from '../dealings.ts';
import { heldWork } from '../held-work.ts';
import { runningWorld } from '../running-world.ts';
import { requestMail } from '../samples/mails.ts';

const world = runningWorld({ web: true });
const { concord, variants, amazonSide } = dealings(world);
const { held, shown } = heldWork(world);
const folder = await mkdtemp(path.join(tmpdir(), 'mails-'));
afterAll(() => rm(folder, { recursive: true }));

async function placed(id: string): Promise<void> {
  await variants();
  await world.place(amazonOrder(id));
  await world.settle();
}

/** A mail of now about an order. */
const mailFor = (id: string, parts: Parameters<typeof requestMail>[1] = {}) =>
  requestMail(id, {
    date: new Date(world.sandbox.world.clock.now()).toUTCString(),
    messageId: `<${id}@amazonses.com>`,
    ...parts,
  });

async function upload(bytes: Buffer, ...flags: string[]) {
  const file = path.join(folder, 'request.eml');
  await writeFile(file, bytes);
  return concord('mail', file, ...flags);
}

const claims = (id: string) =>
  world.database.owner<{ source: string; shop: string; reason: string | null }>(
    'select source, shop, reason from claim where amazon_order_id = $1',
    [id],
  );
const state = async (id: string) => (await world.row(id))?.state;

/** The words of a mail that stand anywhere in the database. */
async function wordsKept(word: string): Promise<string[]> {
  const tables = await world.database.owner<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of tables)
    if ((await world.database.owner(`select 1 from ${name} t where t::text ~ $1 limit 1`, [word])).length > 0)
      found.push(name);
  return found;
}

let posts = 0;
/** Posts a mail as Mailgun does. */
async function post(
  recipient: string,
  mime: Buffer,
  changes: Record<string, string> = {},
  key: string = sandboxMail.signingKey,
) {
  posts += 1;
  const timestamp = String(Math.floor(world.sandbox.world.clock.now() / 1_000));
  const token = `token-${String(posts)}`.padEnd(50, 'x');
  const made = { recipient, timestamp, token, 'body-mime': mime.toString('latin1'), ...changes };
  const signature = createHmac('sha256', key)
    .update(made.timestamp + made.token)
    .digest('hex');
  const body = new URLSearchParams({ signature, ...made });
  const again = () =>
    fetch(`${world.sandbox.app}/mail/mime`, { method: 'POST', body }).then(({ status }) => status);
  return { status: await again(), again };
}

it('REQ-1 REQ-13 SEC-5: an e-mail marks and holds, Amazon is asked, and its own request is the same record', async () => {
  const id = '126-0000000-0000001';
  await placed(id);
  const before = (await world.log('amazon')).length;
  expect((await upload(mailFor(id))).said).toContain(`The e-mail names ${id}. Marked and held`);
  await world.settle();
  expect((await world.log('amazon')).length).toBeGreaterThan(before);
  expect([await held(id), await state(id)]).toEqual([['SKU-1×1'], 'sources_differ']);
  expect((await shown(id)).mark?.jsonValue.sources).toEqual(['mail']);
  expect((await upload(mailFor(id), '--json')).data).toMatchObject({ ok: true, again: true });
  expect(await claims(id)).toEqual([{ source: 'mail', shop: world.sandbox.shop, reason: null }]);
  expect((await concord('approve', id, '--reason', 'BuyerCanceled', '--json')).data).toMatchObject({
    guard: 'reason_needs_request',
  });
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, {});
  await world.settle();
  expect(await state(id)).toBe('asked_held');
  expect((await concord('informal', 'drop', id, '--json')).data).toMatchObject({ guard: 'already_asked' });
  expect(await wordsKept('qzxmail')).toEqual([]);
  expect(await amazonSide(id)).toMatchObject({ status: 'UNSHIPPED', cancels: 0 });
});

it('REQ-13 REQ-10: what Amazon does not confirm is a person’s matter, who may treat it as a message, or remove it', async () => {
  const id = '126-0000000-0000002';
  await placed(id);
  await upload(mailFor(id));
  await world.settle();
  await world.control('POST', '/clock', { advance: 'PT61M' });
  await world.settle();
  expect((await world.problems(id)).map(({ kind }) => kind)).toContain('sources_differ');
  const asMessage = ['solve', 'sources_differ', id, '--with', 'message', '--json'];
  expect((await concord(...asMessage)).data).toMatchObject({ guard: 'value_missing' });
  expect((await concord(...asMessage, '--value', 'wrong')).data).toMatchObject({ outcome: 'chosen' });
  await world.settle();
  expect([await held(id), await state(id)]).toEqual([['SKU-1×1'], 'informal_waiting']);
  expect((await world.problems(id)).map(({ kind }) => kind)).not.toContain('sources_differ');
  expect((await concord('informal', 'drop', id, '--json')).data).toMatchObject({ outcome: 'chosen' });
  await world.settle();
  expect(await held(id)).toEqual([]);
});

it('REQ-13: other e-mails do nothing, and say so', async () => {
  const id = '126-0000000-0000003';
  await placed(id);
  for (const [mail, sentence] of [
    [mailFor(id, { subject: `Return authorization request for order ${id}` }), 'no cancellation request'],
    [mailFor(id, { from: 'no-reply@amazon.com.evil.example' }), 'does not come from Amazon'],
    [mailFor('126-0000000-0000009'), '126-0000000-0000009, which is not known here'],
    [Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'no e-mail that can be read'],
  ] as const)
    expect(await upload(mail)).toMatchObject({
      status: 1,
      said: expect.stringContaining(sentence) as string,
    });
  expect((await concord('mail', path.join(folder, 'none.eml'))).status).toBe(2);
  await world.settle();
  expect(await held(id)).toEqual([]);
  expect(await world.database.owner('select from claim')).toEqual([]);
  expect(await world.row('126-0000000-0000009')).toBeUndefined();
});

it('SEC-3 REQ-1: mails come in at the shop’s own address, signed, each once, and nobody else’s do', async () => {
  const id = '126-0000000-0000004';
  await placed(id);
  const { address } = (await concord('mail-address', '--json')).data as { address: string };
  expect(address).toMatch(/^[0-9a-f]{24}@mail\.concord\.test$/);
  expect((await concord('mail-address', '--json')).data).toEqual({ address });
  const mail = mailFor(id);
  const now = world.sandbox.world.clock.now();
  for (const [recipient, changes, key, status] of [
    [address, { signature: 'f'.repeat(64) }, undefined, 401],
    [address, {}, 'another key', 401],
    [address, { token: '' }, undefined, 401],
    [address, { timestamp: String(Math.floor(now / 1_000) - 10 * 3_600) }, undefined, 406],
    ['somebody@mail.concord.test', {}, undefined, 406],
    [address.replace('mail.concord.test', 'evil.example'), {}, undefined, 406],
    ['', {}, undefined, 406],
  ] as const)
    expect((await post(recipient, mail, changes, key)).status, JSON.stringify([recipient, changes])).toBe(
      status,
    );
  expect((await fetch(`${world.sandbox.app}/mail/mime`, { method: 'POST', body: '{}' })).status).toBe(401);
  expect((await fetch(`${world.sandbox.app}/mail/mime`)).status).toBe(405);
  expect(await claims(id)).toEqual([]);

  const { status, again } = await post(address.toUpperCase(), mail);
  expect(status).toBe(200);
  await world.settle();
  expect(await held(id)).toEqual(['SKU-1×1']);
  await concord('informal', 'drop', id);
  await world.settle();
  const knocks = () =>
    world.database.owner('select knocks from amazon_order where amazon_order_id = $1', [id]);
  const before = await knocks();
  expect(await again()).toBe(200);
  expect(await knocks()).toEqual(before);
  expect((await post(address, mail)).status).toBe(200);
  await world.settle();
  expect([await held(id), await claims(id)]).toMatchObject([[], [{ source: 'mail' }]]);

  const { address: next } = (await concord('mail-address', '--new', '--json')).data as { address: string };
  expect(next).not.toBe(address);
  expect((await post(address, mail)).status).toBe(406);
});

it('SEC-1: a mail that comes in for one shop does nothing to another’s order', async () => {
  const id = '126-0000000-0000005';
  await placed(id);
  await world.control('POST', '/shops', { domain: 'second.myshopify.com' });
  const said = await concord('mail-address', '--shop', 'second.myshopify.com', '--json');
  const { address } = said.data as { address: string };
  expect((await post(address, mailFor(id))).status).toBe(200);
  await world.settle();
  expect([await held(id), await claims(id)]).toEqual([[], []]);
  const rows = await world.database.owner('select shop from amazon_order where amazon_order_id = $1', [id]);
  expect(rows).toEqual([{ shop: world.sandbox.shop }]);
});

it('SEC-3: the page’s upload refuses a stranger, what is no file, and answers what came of one', async () => {
  const id = '126-0000000-0000006';
  await placed(id);
  const send = (body: string, token?: string) =>
    askRoute(world.sandbox, 'app.requests.mail', '/app/requests/mail', { body, token });
  const file = JSON.stringify({ file: mailFor(id).toString('base64') });
  expect((await send(file, 'a.b.c')).status).toBe(401);
  for (const body of ['', '[]', '{"file":5}', '{"file":"no base64!"}'])
    expect((await send(body)).status).toBe(400);
  expect(await (await send(JSON.stringify({ file: '' }))).json()).toMatchObject({ why: 'unreadable' });
  expect(await (await send(JSON.stringify({ file: 'A'.repeat(8_000_000) }))).json()).toMatchObject({
    why: 'unreadable',
  });
  expect(await (await send(file)).json()).toEqual({ ok: true, order: id, again: false, over: false });
});
