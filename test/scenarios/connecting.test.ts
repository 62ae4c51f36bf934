import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appCredentials } from '../../app/sandbox/app-environment.ts';
import { signSessionToken } from '../../app/sandbox/shopify/session-token.ts';
import { amazonOrder } from '../amazon-orders.ts';
import { askRoute } from '../browser/admin-page.ts';
import { runningWorld } from '../running-world.ts';
import { consentOf, us } from '../seller-consent.ts';

// Every test has a shop of its own: emptying the world for each would cost more than all of them.
const world = runningWorld({ web: true, keeps: true });
let shops = 0;
let shop = '';
const mx = 'A1AM78C64UM0Y8';

interface NewShop {
  readonly sellerId: string;
  readonly refreshToken: string;
}
let fresh: NewShop;
let way: ReturnType<typeof consentOf>;
const place = () => ({ ...world.sandbox, shop });

beforeEach(async () => {
  shops += 1;
  shop = `mugs-${shops}.myshopify.com`;
  fresh = (await world.control('POST', '/shops/new', { domain: shop })) as unknown as NewShop;
  way = consentOf(place());
});

afterEach(async () => {
  await world.control('DELETE', '/faults');
  await world.control('POST', '/behaviour', { name: 'amazon.consent-cancel', value: 'stays' });
});

const account = async (seller = fresh.sellerId) =>
  (
    await world.database.owner<{ shop: string; state: string; row: string; name: string | null }>(
      'select shop, state, name, marketplace_ids, to_jsonb(s)::text as row from seller s where seller_id = $1',
      [seller],
    )
  )[0];
const advance = (by: string) => world.control('POST', '/clock', { advance: by });
const clockNow = async () => Number((await world.control('GET', '/clock'))['now']);
const throughAmazon = async (seller = fresh.sellerId) => {
  const query = await way.back(await way.allow(await way.begin(), seller));
  return query.get('ticket');
};
const connect = async () => expect((await way.finish(await throughAmazon())).ok).toBe(true);
const byToken = (more: object = {}) =>
  way.ask({
    ...{ intent: 'token', at: us, seller: fresh.sellerId, refreshToken: fresh.refreshToken },
    ...more,
  });
const ofAccounts = (body: object) =>
  askRoute(place(), 'app.accounts', '/app/accounts', { body: JSON.stringify(body) });
const inShopify = async (id: string) =>
  (
    await world.database.owner<{ state: string; shopify_name: string | null }>(
      'select state, shopify_name from amazon_order where amazon_order_id = $1',
      [id],
    )
  )[0];
const place_ = (...orders: unknown[]) => world.control('POST', `/amazon/orders?shop=${shop}`, orders);

describe('by Amazon’s own page', () => {
  it('SEC-2 SEC-3 PRO-6: an account is connected after a real call; state, code and token rest nowhere as they are', async () => {
    const page = await way.begin();
    const state = new URL(page).searchParams.get('state') ?? '';
    const callback = await way.allow(page, fresh.sellerId);
    const code = new URL(callback).searchParams.get('spapi_oauth_code') ?? '';
    const ticket = (await way.back(callback)).get('ticket') ?? '';
    expect(await way.finish(ticket)).toEqual({
      ok: true,
      connected: { sellerId: fresh.sellerId, name: 'Demo store', marketplaces: 4 },
    });
    expect(await account()).toMatchObject({ shop, state: 'connected', name: 'Demo store' });
    expect((await world.log('amazon')).map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['token', 'searchOrders', 'getMarketplaceParticipations']),
    );
    const rows = await world.database.owner<{ row: string }>(
      `select to_jsonb(t)::text as row from connect_attempt t union all select to_jsonb(t)::text from seller t
       union all select to_jsonb(t)::text from audit_entry t`,
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const secret of [state, code, ticket, fresh.refreshToken])
      expect(rows.filter(({ row }) => row.includes(secret))).toEqual([]);
    const audit = await world.database.owner(
      "select actor, after from audit_entry where action = 'account_connected' and shop = $1",
      [shop],
    );
    expect(audit).toMatchObject([{ actor: 'staff 9021001', after: { sellerId: fresh.sellerId } }]);
  });

  it('SEC-3: a state serves once, and so does what the browser gets for it', async () => {
    const callback = await way.allow(await way.begin(), fresh.sellerId);
    const [first, second] = await Promise.all([way.back(callback), way.back(callback)]);
    const tickets = [first, second].map((query) => query.get('ticket')).filter((one) => one !== null);
    expect(tickets).toHaveLength(1);
    expect([first, second].some((query) => query.get('refused') === 'late')).toBe(true);
    const both = await Promise.all([way.finish(tickets[0] ?? ''), way.finish(tickets[0] ?? '')]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect((await way.back(callback)).get('refused')).toBe('late');
  });

  it('SEC-3: a made-up state leads nowhere', async () => {
    const odd = `${world.sandbox.app}/amazon/callback?state=made-up&spapi_oauth_code=x&selling_partner_id=A1`;
    for (const url of [odd, `${world.sandbox.app}/amazon/callback`]) {
      const answer = await way.go(url);
      expect([answer.status, answer.headers.get('referrer-policy')]).toEqual([400, 'no-referrer']);
      expect(await answer.text()).toContain('Nothing was connected.');
    }
  });

  it('SEC-3: whoever takes too long begins again: ten minutes at Amazon, five with its code', async () => {
    const callback = await way.allow(await way.begin(), fresh.sellerId);
    await advance('PT10M1S');
    expect((await way.back(callback)).get('refused')).toBe('late');
    const ticket = await throughAmazon();
    await advance('PT5M1S');
    expect(await way.finish(ticket)).toEqual({ ok: false, refusal: 'late' });
    expect(await account()).toBeUndefined();
    await connect();
  });

  it('SEC-3: another person and another shop cannot end what one began, and do not use it up', async () => {
    const ticket = await throughAmazon();
    const other = signSessionToken(shop, appCredentials.shopify, '77', await clockNow());
    expect(await way.finish(ticket, other)).toEqual({ ok: false, refusal: 'other_person' });
    const elsewhere = consentOf({ ...world.sandbox, shop: world.sandbox.shop });
    expect(await elsewhere.finish(ticket)).toEqual({ ok: false, refusal: 'other_person' });
    expect((await way.finish(ticket)).ok).toBe(true);
  });

  it('PRO-5: an account that another shop has stays there', async () => {
    const ticket = await throughAmazon('A2CONCORDDEMO1');
    expect(await way.finish(ticket)).toEqual({ ok: false, refusal: 'taken' });
    expect(await account('A2CONCORDDEMO1')).toMatchObject({ shop: world.sandbox.shop });
  });

  it('SEC-3: a seller who does not let the app in connects nothing, whether Amazon leads back or not', async () => {
    const stays = await way.go(await way.begin(), { cancel: '1' });
    expect([stays.status, await stays.text()]).toEqual([
      200,
      expect.stringContaining('Nothing was authorised'),
    ]);
    await world.control('POST', '/behaviour', { name: 'amazon.consent-cancel', value: 'leads-back' });
    const led = await way.go(await way.begin(), { cancel: '1' });
    const ticket = (await way.back(way.next(led))).get('ticket');
    expect(await way.finish(ticket)).toEqual({ ok: false, refusal: 'cancelled' });
    expect(await account()).toBeUndefined();
  });

  it('PRO-4: a missing role, and an Amazon that does not answer, are told apart, and nothing is kept', async () => {
    const authorise = (missingRoles: string[]) =>
      world.control('POST', `/amazon/authorisation?shop=${shop}`, { state: 'granted', missingRoles });
    await authorise(['Inventory and Order Tracking']);
    expect(await way.finish(await throughAmazon())).toEqual({ ok: false, refusal: 'role_missing' });
    await authorise([]);
    for (const operation of ['token', 'searchOrders']) {
      await world.control('POST', '/faults', {
        ...{ service: 'amazon', match: { operation }, kind: 'error', status: 503 },
        times: 9,
      });
      expect(await way.finish(await throughAmazon()), operation).toEqual({
        ok: false,
        refusal: 'amazon_down',
      });
      await world.control('DELETE', '/faults');
    }
    expect(await account()).toBeUndefined();
    await authorise(['Selling Partner Insights']);
    expect(await way.finish(await throughAmazon())).toMatchObject({
      ok: true,
      connected: { marketplaces: null },
    });
  });

  it('CAN-12: a renewal takes the same account alone, and interrupts nothing', async () => {
    await connect();
    await world.settle();
    const before = JSON.parse((await account())?.row ?? '{}') as Record<string, string>;
    await advance('PT24H');
    const again = { seller: fresh.sellerId };
    const other = await way.back(await way.allow(await way.begin(again), 'A2CONCORDDEMO1'));
    expect(await way.finish(other.get('ticket'))).toEqual({ ok: false, refusal: 'other_account' });
    const same = await way.back(await way.allow(await way.begin(again), fresh.sellerId));
    expect((await way.finish(same.get('ticket'))).ok).toBe(true);
    const after = JSON.parse((await account())?.row ?? '{}') as Record<string, string>;
    expect([after['state_since'], after['import_from']]).toEqual([
      before['state_since'],
      before['import_from'],
    ]);
    expect(Date.parse(after['granted_until'] ?? '')).toBeGreaterThan(
      Date.parse(before['granted_until'] ?? ''),
    );
  });

  it('REQ-12: the last 30 days of a grant are a problem, until it is renewed', async () => {
    await connect();
    await world.database.owner(
      "update seller set granted_until = $2::timestamptz + interval '29 days' where shop = $1",
      [shop, new Date(world.sandbox.world.clock.now())],
    );
    // Amazon's times are whole seconds: what changes within the one of the connection may have been seen.
    await advance('PT1S');
    await place_(amazonOrder('160-0000000-0000001'));
    await world.settle();
    const open = () =>
      world.database.owner(
        "select subject from problem where kind = 'auth_expires' and closed_at is null and shop = $1",
        [shop],
      );
    expect(await open()).toEqual([{ subject: fresh.sellerId }]);
    await connect();
    expect(await open()).toEqual([]);
  });
});

describe('from Amazon’s appstore', () => {
  it('SEC-3: the way leads through Shopify’s login, a yes there, and back', async () => {
    const login = await way.allow(`${world.sandbox.amazon}/apps/store`, fresh.sellerId);
    const out = await way.go(login);
    expect([out.status, out.headers.get('referrer-policy')]).toEqual([302, 'no-referrer']);
    const chosen = new URL(way.next(out));
    chosen.searchParams.set('shop', shop);
    const opened = new URL(way.next(await way.go(chosen.href)), world.sandbox.admin);
    expect(opened.pathname).toBe(`/store/mugs-${shops}/apps/concord-sandbox-key/app/connect`);
    const start = opened.searchParams.get('start');
    expect(start).not.toContain('appstore');
    const { url = '' } = await way.ask({ intent: 'go_on', at: us, start });
    expect(url).toMatch(new RegExp(`^${world.sandbox.amazon}/apps/authorize/confirm/`));
    const ticket = (await way.back(way.next(await way.go(url)))).get('ticket');
    expect(await way.finish(ticket)).toMatchObject({ ok: true, connected: { sellerId: fresh.sellerId } });
    await advance('PT31M');
    expect(await way.ask({ intent: 'go_on', at: us, start })).toEqual({ ok: false, refusal: 'late' });
    expect(await way.ask({ intent: 'go_on', at: us, start: 'made up' })).toEqual({
      ok: false,
      refusal: 'late',
    });
  });

  it('SEC-3: nobody is led to an address that is not Amazon’s', async () => {
    const query = {
      amazon_callback_uri: 'https://amazon.com.evil.example/apps/authorize/confirm/a',
      amazon_state: 'x',
      selling_partner_id: fresh.sellerId,
    };
    const answer = await way.go(`${world.sandbox.app}/amazon/login?${new URLSearchParams(query).toString()}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });
});

describe('by a refresh token', () => {
  it('SEC-2: it is looked at with a real call, and one that Amazon refuses is not kept', async () => {
    expect(await byToken({ refreshToken: 'Atzr|of-another-app' })).toEqual({
      ok: false,
      refusal: 'token_refused',
    });
    expect(await account()).toBeUndefined();
    expect(await byToken()).toMatchObject({ ok: true, connected: { sellerId: fresh.sellerId } });
    expect((await account())?.row).not.toContain(fresh.refreshToken);
    expect((await account())?.row).toContain('"granted_until": null');
  });

  it('PRO-5: where Amazon’s finances show whose it is, another account’s name is refused', async () => {
    await place_(amazonOrder('160-0000000-0000002'));
    await world.control('POST', `/amazon/orders/160-0000000-0000002/ship?shop=${shop}`, {
      carrier: 'UPS',
      trackingNumber: '1Z1',
    });
    await advance('PT49H');
    expect(await byToken({ seller: 'A1SOMEBODYELSE' })).toEqual({ ok: false, refusal: 'wrong_seller' });
    expect((await byToken()).ok).toBe(true);
  });

  it('SEC-3: a stranger, and what the server does not know, are refused', async () => {
    const send = (body: string, token?: string) =>
      askRoute(place(), 'app.connect', '/app/connect', { body, token });
    expect((await send('{"intent":"begin"}', 'a.b.c')).status).toBe(401);
    for (const body of ['', '[]', '{"intent":"finish"}', '{"intent":"begin","at":"nowhere","seller":null}'])
      expect((await send(body)).status, body).toBe(400);
  });
});

describe('an account that is connected', () => {
  it('IMP-2: brings in orders of the chosen marketplaces alone, and follows what came in before', async () => {
    await connect();
    await advance('PT1M');
    const made = new Date(await clockNow()).toISOString().replace(/\.\d+Z/, 'Z');
    const order = (id: string, marketplaceId: string) =>
      amazonOrder(id, {
        createdTime: made,
        salesChannel: { channelName: 'AMAZON', marketplaceId, marketplaceName: 'x' },
      });
    const [inMx, laterMx, inUs] = [
      '160-0000000-0000003',
      '160-0000000-0000004',
      '160-0000000-0000005',
    ] as const;
    await place_(order(inMx, mx));
    await world.settle();
    expect((await inShopify(inMx))?.shopify_name).toMatch(/^#/);
    const choice = { intent: 'choose', accounts: [{ seller: fresh.sellerId, marketplaces: [us] }] };
    expect((await ofAccounts(choice)).status).toBe(200);
    await place_(order(laterMx, mx), order(inUs, us));
    await world.settle();
    expect(await inShopify(laterMx)).toMatchObject({ state: 'other_marketplace', shopify_name: null });
    expect((await inShopify(inUs))?.shopify_name).toMatch(/^#/);
    await world.control('POST', `/amazon/orders/${inMx}/cancel?shop=${shop}`, { by: 'BUYER' });
    await world.settle(true);
    expect(await inShopify(inMx)).toMatchObject({ state: 'cancelled_in_step' });
    const audit = await world.database.owner(
      "select after from audit_entry where action = 'settings' and shop = $1",
      [shop],
    );
    expect(audit).toEqual([{ after: { marketplaces: { [fresh.sellerId]: { [us]: null } } } }]);
  });

  it('SEC-1: marketplaces of another region, and accounts of another shop, cannot be chosen', async () => {
    await connect();
    for (const [seller, marketplace] of [
      [fresh.sellerId, 'A1PA6795UKMFR9'],
      ['A2CONCORDDEMO1', us],
    ]) {
      const choice = { intent: 'choose', accounts: [{ seller, marketplaces: [marketplace] }] };
      expect((await ofAccounts(choice)).status, marketplace).toBe(400);
    }
    expect((await ofAccounts({ intent: 'disconnect', seller: 'A2CONCORDDEMO1' })).status).toBe(200);
    expect(await account('A2CONCORDDEMO1')).toMatchObject({ state: 'connected' });
  });

  it('CAN-12 SEC-2: is disconnected at once, its token gone, and keeps back what is done until it is connected again', async () => {
    await connect();
    await world.settle();
    expect((await ofAccounts({ intent: 'disconnect', seller: fresh.sellerId })).status).toBe(200);
    expect(await account()).toMatchObject({ state: 'released' });
    const look = async () =>
      (JSON.parse((await account())?.row ?? '{}') as Record<string, unknown>)['last_look_at'];
    const before = await look();
    await place_(amazonOrder('160-0000000-0000006'));
    await advance('PT1H');
    await world.settle();
    expect([await look(), await inShopify('160-0000000-0000006')]).toEqual([before, undefined]);
    const quiet = () =>
      world.database.owner<{ open: boolean }>(
        "select until is null as open from quiet_time where why = 'disconnected' and shop = $1",
        [shop],
      );
    expect(await quiet()).toEqual([{ open: true }]);
    await connect();
    expect(await quiet()).toEqual([{ open: false }]);
    expect(await account()).toMatchObject({ state: 'connected' });
  });

  it('PRO-5: goes to another shop once it was disconnected here', async () => {
    await connect();
    const next = `next-${shop}`;
    await world.control('POST', '/shops/new', { domain: next });
    const there = consentOf({ ...world.sandbox, shop: next });
    const tryThere = async () => {
      const query = await there.back(await there.allow(await there.begin(), fresh.sellerId));
      return there.finish(query.get('ticket'));
    };
    expect(await tryThere()).toEqual({ ok: false, refusal: 'taken' });
    await ofAccounts({ intent: 'disconnect', seller: fresh.sellerId });
    expect((await tryThere()).ok).toBe(true);
    expect(await account()).toMatchObject({ shop: next, state: 'connected' });
  });

  it('IMP-10: that gives several orders and no address misses a role, which is said until one has it', async () => {
    await connect();
    const lacking = (missingRoles: string[]) =>
      world.control('POST', `/amazon/authorisation?shop=${shop}`, { state: 'granted', missingRoles });
    const roles = () =>
      world.database.owner(
        "select params->>'what' as what from problem where kind = 'role_missing' and closed_at is null and shop = $1",
        [shop],
      );
    await lacking(['Direct-to-Consumer Delivery (Restricted)']);
    // Amazon's times are whole seconds: what changes within the one of the connection may have been seen.
    await advance('PT1S');
    await place_(...[7, 8, 9].map((n) => amazonOrder(`160-0000000-000000${n}`)));
    await world.settle();
    expect(await roles()).toEqual([{ what: 'addresses' }]);
    await lacking([]);
    await place_(amazonOrder('160-0000000-0000010'));
    await world.settle();
    expect(await roles()).toEqual([]);
  });
});
