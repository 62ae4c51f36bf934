import { expect, it } from 'vitest';
import { amazonShows, shopifyShows, situationOf, toOwn } from '../../test/samples/situations.ts';
import { foundOrder, orderId } from '../../test/samples/orders.ts';
import { shipCommand } from '../../test/samples/shipments.ts';
import type { CommandEnd } from '../db/commands.ts';
import type { CommandToSend } from '../domain/command.ts';
import { decide } from '../domain/decide.ts';
import { fail, ok } from '../domain/failure.ts';
import { sellerId, shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { sendCommands, type Sending } from './send.ts';
import type { Services } from './services.ts';
import type { Work } from './work.ts';

const release = (n: number): CommandToSend => ({
  kind: 'release_hold',
  key: `release_hold:${n}`,
  from: n === 0 ? null : 'planned',
  args: { fulfillmentOrder: `FO${n}`, hold: `H${n}`, lineItems: [] },
});
const ship: CommandToSend = { ...shipCommand(1, { L1: 1 }), from: 'unsure' };

const tooLate = () => fail<never>({ kind: 'retry', code: 'too_late', sentence: 'Too late.', at: null });

/** Sends these of one order; each call that may still leave is one in `calls`. `throttled`: Shopify takes nothing now. */
async function sent(send: readonly CommandToSend[], mayStill: () => boolean, throttledUntil?: number) {
  const calls: string[] = [];
  const ends: CommandEnd[] = [];
  const services = {
    shopify: () => ({
      run: (_: unknown, { id }: { id: string }, may: () => boolean) => {
        if (!may()) return Promise.resolve(tooLate());
        calls.push(id);
        if (throttledUntil === undefined)
          return Promise.resolve(ok({ fulfillmentOrderReleaseHold: { userErrors: [] } }));
        const limit = {
          kind: 'retry',
          code: 'THROTTLED',
          sentence: 'Slow down.',
          at: throttledUntil,
        } as const;
        return Promise.resolve(fail(limit));
      },
    }),
    db: { forShop: () => Promise.resolve({ state: 'connected' }) },
    amazon: () => ({
      confirmShipment: (id: string, _market: string, _parcel: unknown, may: () => boolean) => {
        if (!may()) return Promise.resolve(tooLate());
        calls.push(id);
        return Promise.resolve(ok({ kind: 'done' }));
      },
    }),
  } as unknown as Services;
  const work = {
    order: { amazonOrderId: orderId, sellerId: sellerId('A1SELLER'), link: toOwn },
    amazon: amazonShows(),
    shopify: shopifyShows(foundOrder()),
    decision: { ...decide(situationOf()), send },
    held: null,
  } as unknown as Work;
  const sending = {
    services,
    shop: shopDomain('send.myshopify.com'),
    mayStill,
    claimed: new Map(send.map(({ key }) => [key, key])),
    write: (end: CommandEnd) => {
      ends.push(end);
      return Promise.resolve();
    },
  } as unknown as Sending;
  await sendCommands(sending, work);
  return { calls, held: work.held, ends: ends.map(({ id, to, uncounted }) => [id, to, uncounted]) };
}

/** True so often, then false. */
function times(most: number): () => boolean {
  let asked = 0;
  return () => (asked += 1) <= most;
}

it('PRO-3: what is too late waits for another claim, at once, and its try does not count', async () => {
  const before = now();
  const late = await sent([release(0), release(1)], () => false);
  expect(late).toMatchObject({
    calls: [],
    ends: [
      ['release_hold:0', 'planned', true],
      ['release_hold:1', 'planned', true],
    ],
  });
  expect(late.held?.at).toBeGreaterThanOrEqual(before);
  // It became too late while it got its token.
  const later = await sent([release(0)], times(1));
  expect(later).toMatchObject({ calls: [], ends: [['release_hold:0', 'planned', true]] });
  expect(later.held?.at).toBeGreaterThanOrEqual(before);
});

it('PRO-3 FUL-1: a parcel is asked of its claim too; a try that may have reached Amazon before still counts', async () => {
  expect(await sent([ship], times(1))).toMatchObject({ calls: [], ends: [[ship.key, 'planned', false]] });
  expect(await sent([ship], () => true)).toMatchObject({
    calls: [orderId],
    ends: [[ship.key, 'accepted', undefined]],
    held: null,
  });
});

it('PRO-3: what waits with another of its order was not sent, and is not looked for', async () => {
  const at = now() + 2_000;
  expect(await sent([release(0), release(1)], () => true, at)).toMatchObject({
    calls: ['FO0'],
    ends: [
      ['release_hold:0', 'planned', true],
      ['release_hold:1', 'planned', true],
    ],
    held: { at },
  });
});
