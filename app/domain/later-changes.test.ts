import { describe, expect, it } from 'vitest';
import { foundOrder, orderId } from '../../test/samples/orders.ts';
import {
  amazonShowsAnyTime,
  createCommand,
  sampleNow,
  shopifyShows,
  situationOf,
  toOwn,
} from '../../test/samples/situations.ts';
import type { AmazonOrder } from './amazon-order.ts';
import type { Prints } from './carried.ts';
import { createEffectMs, createOrderKey, updateOrderKey, type Command } from './command.ts';
import { nextState } from './command-state.ts';
import { decide, type Situation } from './decide.ts';
import type { ShopifyOrder } from './shopify-order.ts';

const A: Prints = { address: 'a', dates: 'd', quantities: 'q' };
const B: Prints = { ...A, address: 'b' };
const C: Prints = { ...A, address: 'c' };
const created = (carried: Prints | undefined = A, changes: Parameters<typeof createCommand>[0] = {}) =>
  createCommand({ state: 'confirmed', args: { without: [], carried }, ...changes });

function update(n: number, changes: Partial<Command<'update_order'>> = {}): Command<'update_order'> {
  return {
    id: `u${n}`,
    key: updateOrderKey(orderId, n),
    kind: 'update_order',
    state: 'accepted',
    attempt: 1,
    args: { parts: ['address'], without: [], carried: B },
    sentAt: sampleNow - 60_000,
    endedAt: sampleNow - 59_000,
    refusal: null,
    notBefore: null,
    provedAt: null,
    job: null,
    ...changes,
  };
}

function at(
  prints: Prints | null,
  updates: readonly Command[],
  changes: {
    order?: Partial<AmazonOrder>;
    found?: Partial<ShopifyOrder>;
    situation?: Partial<Situation>;
    create?: Command;
  } = {},
) {
  const given = situationOf({
    link: toOwn,
    amazon: amazonShowsAnyTime(changes.order),
    shopify: shopifyShows(foundOrder(changes.found), null),
    commands: [changes.create ?? created(), ...updates],
    prints,
    ...changes.situation,
  });
  const decision = decide(given);
  for (const { key, event } of decision.events)
    expect(nextState(given.commands.find((c) => c.key === key)?.state ?? 'planned', event)).toBeDefined();
  return decision;
}
const sends = (
  n: number,
  from: Command['state'] | null,
  carried: Prints,
  parts: readonly string[] = ['address'],
) => [{ kind: 'update_order', key: updateOrderKey(orderId, n), from, args: { parts, without: [], carried } }];
const quiet = { send: [], events: [], problems: [], dueAgain: null };
const kinds = (decision: ReturnType<typeof at>) =>
  decision.problems.map(({ kind, subject }) => [kind, subject]);

describe('IMP-12: what changes on Amazon after an order came in', () => {
  it('what stayed as it was needs nothing, nor does what cannot be compared', () => {
    expect(at(A, [])).toMatchObject({ ...quiet, description: { key: 'in_step' } });
    expect(at(B, [], { create: createCommand({ state: 'confirmed' }) })).toMatchObject(quiet);
    expect(at(null, [])).toMatchObject(quiet);
    expect(at({ address: null, dates: null, quantities: null }, [])).toMatchObject(quiet);
  });

  it.each([
    [B, ['address']],
    [{ ...A, dates: 'e' }, ['dates']],
    [{ ...B, dates: 'e' }, ['address', 'dates']],
  ])('%j is carried over: %j', (prints, parts) => {
    expect(at(prints, [])).toMatchObject({
      send: sends(0, null, prints, parts),
      problems: [],
      dueAgain: null,
    });
  });

  it('without a key in common nothing is a change, but what was wanted already is still written', () => {
    const before: Prints = { address: '1:a', dates: '1:d', quantities: '1:q' };
    const after: Prints = { address: '2:B', dates: '2:D', quantities: '2:Q' };
    const create = created(before);
    expect(at(after, [], { create })).toMatchObject({ ...quiet, description: { key: 'in_step' } });
    const both = { address: '2:B 1:b', dates: '2:D 1:d', quantities: '2:Q 1:q' };
    expect(at(both, [], { create }).send).toEqual(sends(0, null, both));
    const args = { parts: ['address' as const], without: [], carried: { ...before, address: '1:b' } };
    const refused = update(0, { state: 'refused', args, refusal: { field: 'zip', text: 'no' } });
    expect(at(after, [refused], { create }).send).toEqual(sends(0, 'refused', after));
  });

  it('PRO-3: each change is one command, and what was done is not done again', () => {
    expect(at(B, [update(0)])).toMatchObject(quiet);
    expect(at(C, [update(0)]).send).toEqual(sends(1, null, C));
    expect(at(A, [update(0)]).send).toEqual(sends(1, null, A));
    const back = update(1, { args: { parts: ['address'], without: [], carried: A } });
    expect(at(A, [update(0), back])).toMatchObject(quiet);
    expect(at(B, [back, update(0)]).send).toEqual(sends(2, null, B));
  });

  it.each(['planned', 'sending', 'unsure', 'withdrawn'] as const)(
    'PRO-3: an update that is %s is sent again under its key',
    (state) => {
      expect(at(B, [update(0, { state, endedAt: null })])).toMatchObject({
        send: sends(0, state, B),
        dueAgain: null,
      });
    },
  );

  it('PRO-2: what changes while an earlier write may still take effect waits until it can not', () => {
    for (const state of ['sending', 'unsure', 'withdrawn'] as const)
      for (const shown of [A, C]) {
        const sentAt = sampleNow - 60_000;
        expect(at(shown, [update(0, { state, sentAt })])).toMatchObject({
          send: [],
          dueAgain: { at: sentAt + createEffectMs, reason: 'looking' },
        });
        const old = update(0, { state, sentAt: sampleNow - createEffectMs });
        expect(at(shown, [old]).send).toEqual(sends(0, state, shown));
      }
    const twice = update(0, { attempt: 2 });
    expect(at(C, [twice])).toMatchObject({ send: [], dueAgain: { at: sampleNow - 60_000 + createEffectMs } });
    expect(at(B, [twice])).toMatchObject(quiet);
    const dates = update(1, { args: { parts: ['dates'], without: [], carried: { ...B, dates: 'e' } } });
    const back = { ...C, dates: 'e' };
    expect(at(back, [twice, dates])).toMatchObject({
      send: [],
      dueAgain: { at: sampleNow - 60_000 + createEffectMs },
    });
    const done = { ...twice, sentAt: sampleNow - createEffectMs };
    expect(at(back, [done, dates]).send).toEqual(sends(2, null, back));
  });

  it('PRO-2: an update in the dark brings the dates and instructions of its time along, whatever its parts', () => {
    const waits = { send: [], dueAgain: { at: sampleNow - 60_000 + createEffectMs, reason: 'looking' } };
    expect(at({ ...B, dates: 'e' }, [update(0, { attempt: 2 })])).toMatchObject(waits);
    const dates = { parts: ['dates'], without: [], carried: { ...A, dates: 'e' } } as const;
    expect(at({ ...B, dates: 'e' }, [update(0, { attempt: 2, args: dates })])).toMatchObject(waits);
    const unknown = { ...dates, carried: { ...dates.carried, address: null } };
    expect(at({ ...A, dates: 'e' }, [update(0, { state: 'unsure', args: unknown })])).toMatchObject(waits);
  });

  it('what was planned and surely not done is replaced where Amazon took it back', () => {
    for (const state of ['planned', 'refused'] as const) {
      const event = [{ key: updateOrderKey(orderId, 0), event: 'replaced' }];
      expect(at(A, [update(0, { state })])).toMatchObject({ ...quiet, events: event });
      expect(at(C, [update(0, { state })]).send).toEqual(sends(0, state, C));
    }
    expect(at(B, [update(0, { state: 'superseded' })]).send).toEqual(sends(1, null, B));
  });

  it('an order that may have been made from either of two readings is written once more', () => {
    const unsure = { link: { ...toOwn, shopifyOrderId: null }, shopify: shopifyShows() };
    const create = created(A, { state: 'unsure', sentAt: sampleNow - createEffectMs });
    const [again] = at(B, [], { create, situation: unsure }).send;
    expect(again).toMatchObject({ kind: 'create_order', args: { carried: { address: null, dates: 'd' } } });
    expect(at(B, [], { create: created({ ...B, address: null }) }).send).toEqual(sends(0, null, B));
  });

  it('IMP-10: an address that was not given is neither written nor erased; one that comes later is written', () => {
    const none = { ...A, address: null };
    expect(at(none, [])).toMatchObject(quiet);
    expect(at({ ...none, dates: 'e' }, []).send).toEqual(sends(0, null, { ...none, dates: 'e' }, ['dates']));
    expect(at(A, [], { create: created(none) }).send).toEqual(sends(0, null, A));
    const lost = update(0, { state: 'unsure', sentAt: 0 });
    expect(at({ ...none, dates: 'e' }, [lost])).toMatchObject({ send: [], events: [{ event: 'recalled' }] });
  });

  it('what is only remembered triggers a look at Amazon, never a write', () => {
    const amazon = { ...amazonShowsAnyTime(), remembered: true } as Situation['amazon'];
    expect(at(B, [], { situation: { amazon } })).toMatchObject({
      send: [],
      dueAgain: { reason: 'slot' },
    });
    expect(at(B, [], { situation: { amazon } }).dueAgain).not.toHaveProperty('side');
    expect(at(A, [], { situation: { amazon } })).toMatchObject(quiet);
  });

  it('an order that was only found now is written to when it is linked', () => {
    const situation = {
      link: { ...toOwn, shopifyOrderId: null },
      shopify: shopifyShows(null, [foundOrder()]),
    };
    expect(at(B, [], { situation })).toMatchObject({ send: [], dueAgain: { reason: 'slot' } });
  });

  it('IMP-9: nothing is written to an adopted order, nor told of it', () => {
    const situation = { link: { ...toOwn, adopted: true } };
    expect(at(B, [], { situation, found: { edited: true } })).toMatchObject({
      send: [],
      problems: [{ kind: 'adopted_confirm' }],
    });
  });

  it.each<[Partial<AmazonOrder>, Partial<ShopifyOrder>, string[]]>([
    [{}, { fulfillmentStatus: 'UNFULFILLED' }, []],
    [{}, { fulfillmentStatus: 'ON_HOLD' }, []],
    [{}, { fulfillmentStatus: 'SCHEDULED' }, []],
    [{}, { fulfillmentStatus: 'IN_PROGRESS' }, ['address', 'dates']],
    [{}, { fulfillmentStatus: 'PENDING_FULFILLMENT' }, ['address', 'dates']],
    [{}, { fulfillmentStatus: 'PARTIALLY_FULFILLED' }, ['address', 'dates']],
    [{}, { fulfillmentStatus: 'FULFILLED' }, ['address', 'dates']],
    [{}, { fulfillmentStatus: 'A_NEW_STATUS' }, ['address', 'dates']],
    [{ status: 'partially_shipped' }, {}, ['address', 'dates']],
    [{ status: 'shipped' }, { fulfillmentStatus: 'FULFILLED' }, ['address']],
  ])('once fulfilment began it is told, not written: %j %j', (order, found, told) => {
    const decision = at({ ...B, dates: 'e' }, [], { order, found });
    expect(decision.send.length).toBe(told.length === 0 ? 1 : 0);
    const flags = kinds(decision).filter(([kind]) => kind === 'changed_on_amazon');
    expect(flags.map(([, subject]) => subject)).toEqual(told);
    const said = [decision.description, ...decision.description.also].map(({ key }) => key);
    expect(said.includes('changed_after_ship')).toBe(told.length > 0);
  });

  it('an update that comes too late is given up, and what it may have done is told', () => {
    const found = { fulfillmentStatus: 'FULFILLED' };
    for (const state of ['planned', 'sending', 'unsure', 'refused'] as const) {
      const decision = at(B, [update(0, { state })], { found });
      expect(decision).toMatchObject({ send: [], events: [{ key: updateOrderKey(orderId, 0) }] });
      expect(kinds(decision)).toContainEqual(['changed_on_amazon', 'address']);
    }
  });

  it.each<[Partial<AmazonOrder>, Partial<ShopifyOrder>]>([
    [{ status: 'cancelled' }, {}],
    [{}, { cancelledAt: sampleNow }],
    [{ fulfilledBy: 'amazon' }, {}],
  ])('IMP-6: of an order that is over, or is only shown, nothing is carried over: %j %j', (order, found) => {
    const decision = at({ ...B, quantities: 'r' }, [], { order, found });
    expect(decision.send).toEqual([]);
    expect(kinds(decision).flat()).not.toContain('changed_on_amazon');
  });

  it('quantities are told, and never written', () => {
    const other = { ...A, quantities: 'r' };
    expect(at(other, [])).toMatchObject({
      send: [],
      problems: [{ kind: 'changed_on_amazon', subject: 'quantities', params: { what: 'quantities' } }],
      description: { key: 'changed_after_ship' },
    });
    expect(kinds(at(other, [], { found: { edited: true } }))).toEqual([['order_edited', '']]);
    expect(at(other, [], { order: { status: 'shipped' } }).problems.map(({ kind }) => kind)).not.toContain(
      'changed_on_amazon',
    );
    expect(kinds(at({ ...B, quantities: 'r' }, [update(0)]))).toEqual([['changed_on_amazon', 'quantities']]);
  });

  it('an order that was edited in Shopify is told; Amazon hears nothing', () => {
    expect(at(A, [], { found: { edited: true } })).toMatchObject({
      send: [],
      problems: [{ kind: 'order_edited', params: { id: orderId, what: 'lines' } }],
    });
  });

  describe('what Shopify refuses', () => {
    const refused = (field: string, changes: Partial<Command<'update_order'>> = {}) =>
      update(0, { state: 'refused', refusal: { field, text: 'It is not valid.' }, ...changes });
    const without = (...names: string[]) => ({ parts: ['address'] as const, without: names, carried: B });

    it('is left out where the rest can be carried over, and flagged', () => {
      expect(at(B, [refused('shippingAddress.phone')]).send).toMatchObject([
        { key: updateOrderKey(orderId, 0), from: 'refused', args: without('phone') },
      ]);
      expect(kinds(at(B, [update(0, { attempt: 2, args: without('phone') })]))).toEqual([
        ['field_left_out', 'phone'],
      ]);
    });

    it('PRO-4: is a problem where nothing helps, until Amazon changes or a person asks', () => {
      for (const row of [refused('id'), refused('shippingAddress.zip')]) {
        expect(at(B, [row])).toMatchObject({
          send: [],
          dueAgain: null,
          problems: [
            {
              kind: 'change_not_carried',
              params: { id: orderId, what: 'address', text: 'It is not valid.' },
            },
          ],
        });
        expect(at(C, [row]).send).toEqual(sends(0, 'refused', C));
        const asked = { wantedAt: sampleNow };
        expect(at(B, [row], { situation: asked }).send).toEqual(sends(0, 'refused', B));
      }
    });

    it('a phone number left out at creation comes with a later address', () => {
      const create = created(A, { args: { without: ['phone', 'poNumber'], carried: A } });
      expect(kinds(at(B, [update(0)], { create }))).toEqual([['field_left_out', 'poNumber']]);
    });
  });

  it('a new order is made with what it was made from', () => {
    const nothingYet = {
      situation: { link: { ...toOwn, shopifyOrderId: null }, shopify: shopifyShows(), commands: [] },
    };
    expect(at(A, [], nothingYet).send).toEqual([
      {
        kind: 'create_order',
        key: createOrderKey(orderId),
        from: null,
        args: { without: [], takeStock: true, carried: A },
      },
    ]);
  });
});
