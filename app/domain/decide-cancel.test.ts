import { describe, expect, it } from 'vitest';
import { booksOf, refundOf } from '../../test/samples/refunds.ts';
import { foundOrder, money, orderId, orderOf } from '../../test/samples/orders.ts';
import {
  askedLine,
  handlingOf,
  lampId,
  requestOf,
  sentCommand,
  workId,
  workOf,
} from '../../test/samples/requests.ts';
import { answered, fulfilled } from '../../test/samples/shipments.ts';
import { sampleNow, situationOf, toOwn } from '../../test/samples/situations.ts';
import { backOff } from './back-off.ts';
import type { Choice } from './choice.ts';
import type { Command, CommandState } from './command.ts';
import type { Case } from './dealing.ts';
import type { Situation } from './decide.ts';
import { decideCancel } from './decide-cancel.ts';
import type { BookedRefund } from './order-books.ts';
import {
  cancelAmazonKey,
  cancelHoldKey,
  cancelShopifyKey,
  refundShopifyKey,
  unfulfilShopifyKey,
} from './money-keys.ts';
import { releaseKey } from './request-keys.ts';

const minute = 60_000;
const hour = 60 * minute;
const order = orderOf();
const whole = booksOf(order).sale?.amount.amount ?? 0;
const key = cancelAmazonKey(orderId, 'choice-1');
const args = { reason: 'NoInventory', orderItemIds: [lampId] } as const;

const approved = (changes: Partial<Choice<'cancel'>> = {}): Choice<'cancel'> => ({
  id: 'choice-1',
  kind: 'cancel',
  subject: '',
  args: { amount: 3490, reason: 'NoInventory', restock: true },
  state: 'open',
  by: 'staff',
  at: sampleNow - minute,
  undoUntil: sampleNow - 1000,
  endedAt: null,
  outcome: null,
  ...changes,
});
const cancelCommand = (state: CommandState, changes: Partial<Command<'cancel_amazon'>> = {}): Command => ({
  ...sentCommand('cancel_amazon', key, args, { state }),
  ...(changes as object),
});

const standing = workOf({
  status: 'ON_HOLD',
  actions: ['RELEASE_HOLD', 'HOLD'],
  holds: [{ id: 'gid://shopify/FulfillmentHold/1', handle: 'concord-cancelling', own: true }],
});
type Changes = Partial<Omit<Case, 'situation'>> & { readonly situation?: Partial<Situation> };
const caseOf = ({ situation, ...others }: Changes = {}): Case => ({
  situation: situationOf({ link: toOwn, ...situation }),
  order,
  readAt: sampleNow - 1000,
  askedAt: sampleNow - 1000,
  linked: foundOrder(),
  books: booksOf(order),
  handling: handlingOf(standing),
  request: null,
  ...others,
});
const of = (changes: Changes = {}) => decideCancel(caseOf(changes));
const ofApproved = (changes: Changes = {}) =>
  of({ ...changes, situation: { choices: [approved()], ...changes.situation } });

describe('CAN-18: holds of a cancel that is not wanted any more', () => {
  const own = 'gid://shopify/FulfillmentHold/1';
  const release = (changes: Parameters<typeof sentCommand>[3]) =>
    sentCommand(
      'release_hold',
      releaseKey(orderId, own),
      { handle: 'concord-cancelling', fulfillmentOrder: workId(1), hold: own, lineItems: [] },
      changes,
    );
  const hold = (changes: Parameters<typeof sentCommand>[3]) =>
    sentCommand(
      'hold_order',
      cancelHoldKey(orderId, 'choice-1', workId(1), 0),
      { handle: 'concord-cancelling', fulfillmentOrder: workId(1), parts: null, units: [] },
      changes,
    );
  const withCommands = (commands: readonly Command[], changes: Changes = {}) =>
    of({ ...changes, situation: { commands, ...changes.situation } });

  it('are released, also of what shipped in part; what is not answered is tried again', () => {
    for (const order of [orderOf(), orderOf({ status: 'partially_shipped' })])
      for (const [commands, from] of [
        [[], null],
        [[release({ state: 'unsure' })], 'unsure'],
      ] as const)
        expect(withCommands(commands, { order })).toMatchObject({
          send: [{ kind: 'release_hold', from }],
          problems: [],
        });
  });

  it('PRO-4: refused, it is said and tried again later, and at once where a person asks', () => {
    const no = release({ state: 'refused', refusal: { field: 'id', text: 'no' }, endedAt: sampleNow });
    const again = backOff(1, sampleNow);
    expect(withCommands([no])).toMatchObject({
      send: [],
      problems: [{ kind: 'hold_not_released', params: { id: orderId, text: 'no' } }],
      dueAgain: [{ at: again, reason: 'backoff', side: 'shopify' }],
    });
    const sent = { send: [{ kind: 'release_hold', from: 'refused' }], problems: [] };
    expect(withCommands([no], { situation: { now: again } })).toMatchObject(sent);
    const now = sampleNow + 1;
    expect(withCommands([no], { situation: { now, wantedAt: now } })).toMatchObject(sent);
  });

  it.each(['sending', 'unsure', 'accepted'] as const)(
    'one that was %s and may still come is looked for until it can come no more',
    (state) => {
      const late = (ago: number, handling = handlingOf(workOf())) =>
        withCommands([hold({ state, attempt: 2, sentAt: sampleNow - ago })], { handling });
      expect(late(minute)).toMatchObject({
        send: [],
        events: [],
        dueAgain: [{ at: sampleNow + 9 * minute, reason: 'looking', side: 'shopify' }],
      });
      const events = state === 'accepted' ? [] : [{ key: hold({}).key, event: 'recalled' }];
      expect(late(10 * minute)).toMatchObject({ send: [], events, dueAgain: [] });
      expect(late(10 * minute, handlingOf(standing))).toMatchObject({
        send: [{ kind: 'release_hold' }],
        events: [{ event: 'seen' }],
      });
    },
  );
});

describe('the path of an approved cancel', () => {
  it('CAN-18: everything is held first, and nothing is proved before', () => {
    const { send, plan } = ofApproved({ handling: handlingOf(workOf()) });
    expect(send).toMatchObject([
      { kind: 'hold_order', args: { handle: 'concord-cancelling', fulfillmentOrder: workId(1) } },
    ]);
    expect(plan).toMatchObject([{ key, provedAt: null }]);
  });

  it('CAN-8: it rests as long as it can be undone', () => {
    const undoUntil = sampleNow + minute;
    expect(ofApproved({ situation: { choices: [approved({ undoUntil })] } })).toMatchObject({
      plan: [{ key, notBefore: undoUntil, provedAt: null }],
      fitting: [{ key: 'undo_running' }],
      dueAgain: [{ at: undoUntil, reason: 'undo' }],
    });
  });

  it('CAN-5: after that Amazon’s own word of now proves it, and nothing remembered does', () => {
    const proved = ofApproved();
    expect(proved).toMatchObject({ plan: [{ key, args, provedAt: sampleNow - 1000 }], dueAgain: [] });
    const remembered = ofApproved({ askedAt: null });
    expect(remembered.plan).toMatchObject([{ provedAt: null }]);
    expect(remembered.dueAgain).toMatchObject([{ at: sampleNow + 1000, reason: 'slot' }]);
  });

  it.each([
    ['shipped', { order: orderOf({ status: 'shipped' }) }, 'already_shipped'],
    ['partly shipped', { order: orderOf({ status: 'partially_shipped' }) }, 'already_shipped'],
    [
      'fulfilled in Shopify',
      { books: booksOf(order, { fulfillments: [fulfilled(1, { L0: 1 })] }) },
      'already_fulfilled',
    ],
    ['fulfilled by Amazon', { order: orderOf({ fulfilledBy: 'amazon' }) }, 'fba_read_only'],
    ['pending', { order: orderOf({ status: 'pending' }) }, 'amazon_pending'],
  ] as const)('CAN-5: %s, it is refused and its hold released', (_name, changes, guard) => {
    const refused = ofApproved(changes);
    expect(refused).toMatchObject({
      plan: [],
      ends: [{ id: 'choice-1', state: 'refused', outcome: guard }],
      send: [{ kind: 'release_hold', args: { handle: 'concord-cancelling' } }],
    });
  });

  it('CAN-5: what is only remembered refuses nothing: Amazon is asked', () => {
    const asked = ofApproved({ order: orderOf({ status: 'shipped' }), askedAt: null });
    expect([asked.ends, asked.plan, asked.dueAgain.length]).toEqual([[], [], 1]);
  });

  it('CAN-5: a parcel that Shopify shows takes the proof away, though Amazon was not asked', () => {
    const shown = {
      askedAt: null,
      books: booksOf(order, { fulfillments: [fulfilled(1, { L0: 1 })] }),
      situation: { commands: [cancelCommand('planned', { provedAt: sampleNow - 1000 })] },
    };
    expect(ofApproved(shown)).toMatchObject({ plan: [{ key, from: 'planned', provedAt: null }], ends: [] });
  });

  it('FUL-6: a shipment on its way to Amazon keeps it back, and what was proved is not any more', () => {
    const shipping = sentCommand(
      'ship_amazon',
      'ship_amazon:1',
      {
        by: 'call',
        reference: 'P1',
        items: [],
        carrierCode: 'UPS',
        carrierName: null,
        tracking: null,
        shippedAt: sampleNow,
        shipFrom: null,
      } as never,
      { state: 'sending' },
    );
    const commands = [shipping, cancelCommand('planned', { provedAt: sampleNow - 1000 })];
    expect(ofApproved({ situation: { commands } })).toMatchObject({
      plan: [{ key, from: 'planned', provedAt: null }],
      fitting: [{ key: 'cancel_waiting_readable' }],
    });
  });

  it('CAN-6: a request for all lines gives the reason, and without one nobody says that the buyer asked', () => {
    const request = requestOf({ lines: [askedLine()] });
    expect(ofApproved({ request }).plan).toMatchObject([{ args: { reason: 'BuyerCanceled' } }]);
    const choices = [approved({ args: { amount: 3490, reason: 'BuyerCanceled', restock: true } })];
    expect(ofApproved({ situation: { choices } })).toMatchObject({
      plan: [],
      ends: [{ outcome: 'reason_needs_request' }],
    });
  });

  it('PRO-4: while Amazon’s status cannot be read it is looked for less and less often', () => {
    const order = orderOf({ status: 'unknown' });
    const next = (waited: number) => {
      const choices = [approved({ at: sampleNow - waited - minute, undoUntil: sampleNow - waited })];
      return ofApproved({ order, situation: { choices } }).dueAgain.map(({ at }) => at - sampleNow);
    };
    expect([minute, hour, 20 * hour].map(next)).toEqual([[minute], [6 * minute], [15 * minute]]);
  });

  it.each(['unshipped', 'unknown'] as const)(
    'CAN-12: an approval that could not be sent for a day asks again (status: %s)',
    (status) => {
      const undoUntil = sampleNow - 25 * hour;
      const choices = [approved({ at: undoUntil - minute, undoUntil })];
      expect(ofApproved({ order: orderOf({ status }), situation: { choices } })).toMatchObject({
        plan: [],
        ends: [{ id: 'choice-1', state: 'stale' }],
        problems: [{ kind: 'approval_stale', subject: 'choice-1' }],
        // Its holds are let go then.
        dueAgain: [{ reason: 'slot', side: 'shopify' }],
      });
    },
  );

  it('CAN-17: taken back, it is recalled and its hold released', () => {
    const commands = [cancelCommand('planned')];
    expect(of({ situation: { commands, choices: [approved({ state: 'withdrawn' })] } })).toMatchObject({
      plan: [],
      events: [{ key, event: 'recalled' }],
      send: [{ kind: 'release_hold' }],
    });
  });
});

describe('a cancel that Amazon has, or may have', () => {
  const after = (state: CommandState, ago: number, changes: Changes = {}) =>
    ofApproved({
      ...changes,
      situation: { commands: [cancelCommand(state, { endedAt: sampleNow - ago })], ...changes.situation },
    });

  it('CAN-18: stays held, also where a person released it', () => {
    for (const state of ['sending', 'unsure', 'accepted'] as const)
      expect(after(state, minute, { handling: handlingOf(workOf()) })).toMatchObject({
        plan: [],
        send: [{ kind: 'hold_order', args: { handle: 'concord-cancelling' } }],
      });
  });

  it('CAN-4: accepted is not cancelled; after two hours a person hears of it', () => {
    expect(after('accepted', minute)).toMatchObject({
      send: [],
      problems: [],
      fitting: [{ key: 'cancel_accepted' }],
    });
    expect(after('accepted', 2 * hour)).toMatchObject({
      send: [],
      plan: [],
      problems: [{ kind: 'cancel_unsure_decide', params: { h: 2 } }],
    });
  });

  it('CAN-13: in the dark it is not repeated before its effect can come no more, nor by what is remembered', () => {
    expect(after('unsure', 9 * minute).plan).toEqual([]);
    expect(after('unsure', 10 * minute, { askedAt: null }).plan).toEqual([]);
    // Amazon was asked a second ago, when it could still come.
    expect(after('unsure', 10 * minute).plan).toEqual([]);
    expect(after('unsure', 10 * minute + 1000).plan).toMatchObject([
      { key, from: 'unsure', provedAt: sampleNow - 1000 },
    ]);
  });

  it('CAN-13 CAN-18: repeated, it is proved only once everything is held', () => {
    const again = after('unsure', 11 * minute, { handling: handlingOf(workOf()) });
    expect(again.send).toMatchObject([{ kind: 'hold_order' }]);
    expect(again.plan).toMatchObject([{ from: 'unsure', provedAt: null }]);
  });

  it('CAN-13: after three tries a person decides', () => {
    const commands = [cancelCommand('unsure', { endedAt: sampleNow - hour, attempt: 3 })];
    expect(ofApproved({ situation: { commands } })).toMatchObject({
      plan: [],
      problems: [{ kind: 'cancel_unsure_decide' }],
    });
  });

  it('CAN-5: shipped meanwhile, it came to nothing, is never repeated, and the next look releases what it held', () => {
    const shipped = orderOf({ status: 'shipped' });
    for (const state of ['accepted', 'unsure'] as const) {
      expect(after(state, hour, { order: shipped })).toMatchObject({
        events: [{ key, event: 'failed_later' }],
        plan: [],
        send: [],
        dueAgain: [{ reason: 'slot' }],
      });
      // A word from when it could still take effect says nothing.
      for (const early of [
        after(state, 10 * minute, { order: shipped }),
        after(state, hour, { order: shipped, askedAt: null }),
      ])
        expect(early).toMatchObject({ events: [], plan: [], send: [] });
    }
    expect(after('refused', hour, { order: shipped })).toMatchObject({
      plan: [],
      ends: [{ id: 'choice-1', state: 'refused', outcome: 'already_shipped' }],
      send: [{ kind: 'release_hold' }],
    });
  });

  it('PRO-1: that Amazon refused it because it was shipped does not explain why Shopify does not show it as shipped', () => {
    const commands = [cancelCommand('refused', { refusal: { field: '8026', text: 'No.' } })];
    const refused = (order: Case['order']) =>
      of({
        order,
        situation: { commands, choices: [approved({ state: 'refused', outcome: 'amazon:8026' })] },
      });
    expect(refused(orderOf({ status: 'shipped' }))).toMatchObject({
      problems: [{ kind: 'refused_shipped' }],
      explains: false,
    });
    expect(refused(order)).toMatchObject({ problems: [{ kind: 'refused_other' }], explains: true });
  });

  it('CAN-4: refused by Amazon, Shopify stays as it is, and the choice is over', () => {
    const commands = [cancelCommand('refused', { refusal: { field: '8026', text: 'No.' } })];
    const refused = ofApproved({ situation: { commands } });
    expect(refused).toMatchObject({
      plan: [],
      problems: [{ kind: 'refused_other', params: { text: 'No.' } }],
      ends: [{ id: 'choice-1', state: 'refused', outcome: 'amazon:8026' }],
      // Whatever else asks for a cancel, like one in Shopify, is seen then.
      dueAgain: [{ reason: 'slot', side: 'shopify' }],
    });
    expect(refused.send.map(({ kind }) => kind)).toEqual(['release_hold']);
  });
});

describe('cancelled on Amazon', () => {
  const cancelled = orderOf({ status: 'cancelled' });
  const shopifyKey = cancelShopifyKey(orderId);
  const halfDone = (state: CommandState, changes: object = {}) => ({
    ...sentCommand('cancel_shopify', shopifyKey, { reason: 'OTHER', restock: true, refund: true }, { state }),
    ...changes,
  });

  it('CAN-4 CAN-14: our cancel is confirmed, its choice done, and Shopify follows with a refund', () => {
    const done = ofApproved({ order: cancelled, situation: { commands: [cancelCommand('accepted')] } });
    expect(done).toMatchObject({
      events: [{ key, event: 'seen' }],
      ends: [{ id: 'choice-1', state: 'done' }],
      send: [
        {
          kind: 'cancel_shopify',
          key: shopifyKey,
          args: { reason: 'INVENTORY', refund: true, restock: true },
        },
      ],
    });
  });

  it('IMP-9: nothing is written for an order of another app until a person says who sends', () => {
    const link = { ...toOwn, adopted: true };
    expect(of({ order: cancelled, situation: { link } }).send).toEqual([]);
    const choices = [answered('adopted_confirm', '', 'concord')];
    expect(of({ order: cancelled, situation: { link, choices } }).send).toMatchObject([
      { kind: 'cancel_shopify' },
    ]);
  });

  it('CAN-9: what is left of the payment is refunded, and nothing where nothing is left', () => {
    const cancelIt = (refunds: readonly BookedRefund[]) =>
      of({ order: cancelled, books: booksOf(order, { refunds }) }).send;
    expect(cancelIt([])).toMatchObject([{ kind: 'cancel_shopify', args: { refund: true } }]);
    expect(cancelIt([refundOf(whole)])).toMatchObject([{ kind: 'cancel_shopify', args: { refund: false } }]);
  });

  it('CAN-9: goods that left are not cancelled by themselves', () => {
    const books = booksOf(order, { fulfillments: [fulfilled(1, { L0: 1 })] });
    expect(of({ order: cancelled, books })).toMatchObject({
      send: [],
      problems: [{ kind: 'stop_parcel', params: { n: 1 } }],
    });
  });

  const parcel = fulfilled(1, { L0: 1 });
  const stopped = (commands: readonly Command[] = []) =>
    of({
      order: cancelled,
      books: booksOf(order, { fulfillments: [parcel] }),
      situation: { commands, choices: [answered('stop_parcel', '', 'stopped')] },
    });
  const unfulfil = (state: CommandState, changes: Partial<Command> = {}) => ({
    ...sentCommand(
      'unfulfil_shopify',
      unfulfilShopifyKey(orderId, parcel.id),
      { fulfillment: parcel.id },
      { state },
    ),
    ...(changes as object),
  });

  it('CAN-9: a parcel that was stopped is taken back, once', () => {
    expect(stopped().send).toMatchObject([{ kind: 'unfulfil_shopify', args: { fulfillment: parcel.id } }]);
    const soon = stopped([unfulfil('accepted', { endedAt: sampleNow - 1000 })]);
    expect(soon).toMatchObject({ send: [], dueAgain: [{ at: sampleNow + 5000, side: 'shopify' }] });
    const later = stopped([unfulfil('accepted', { endedAt: sampleNow - hour })]);
    expect(later).toMatchObject({ send: [], dueAgain: [{ at: sampleNow + 15 * minute, reason: 'looking' }] });
  });

  it('CAN-9 PRO-4: refused, it is tried again now and then, with a problem, and is parked in the end', () => {
    const refused = (attempt: number, ago: number) =>
      stopped([
        unfulfil('refused', {
          attempt,
          endedAt: sampleNow - ago,
          refusal: { field: '', text: 'Not possible.' },
        }),
      ]);
    expect(refused(1, 1000)).toMatchObject({
      send: [],
      problems: [{ kind: 'parcel_not_taken_back', subject: parcel.id, params: { why: 'Not possible.' } }],
      dueAgain: [{ reason: 'backoff', side: 'shopify' }],
    });
    expect(refused(1, hour).send).toMatchObject([{ kind: 'unfulfil_shopify', from: 'refused' }]);
    expect(refused(7, 24 * hour)).toMatchObject({ send: [], dueAgain: [] });
  });

  it('CAN-4: Shopify’s cancel is awaited, and a lost answer looked for before it is repeated', () => {
    const waits = (state: CommandState, changes: object) =>
      of({ order: cancelled, situation: { commands: [halfDone(state, changes)] } });
    expect(waits('accepted', {})).toMatchObject({ send: [], dueAgain: [{ side: 'shopify' }] });
    expect(waits('unsure', { sentAt: sampleNow - 9 * minute }).send).toEqual([]);
    expect(waits('unsure', { sentAt: sampleNow - 10 * minute }).send).toMatchObject([
      { kind: 'cancel_shopify', from: 'unsure' },
    ]);
  });
});

describe('cancelled in Shopify’s admin', () => {
  const linked = foundOrder({ cancelledAt: sampleNow - hour });
  const half = { refunds: [refundOf(700)], cancelReason: 'INVENTORY' } as const;
  const inAdmin = (changes: Changes = {}) =>
    of({ linked, books: booksOf(order, half), handling: handlingOf(), ...changes });

  it('CAN-10: with a refund it goes to Amazon; what was seen is kept at first sight', () => {
    expect(inAdmin()).toMatchObject({
      plan: [
        { kind: 'cancel_amazon', key: cancelAmazonKey(orderId, 'shopify'), args: { reason: 'NoInventory' } },
      ],
      facts: [{ key: 'cancel', happenedAt: linked.cancelledAt, quarantine: '' }],
    });
  });

  it.each([
    ['without a refund', [], 'no_refund_in_shopify'],
    ['with store credit', [{ ...refundOf(0), storeCredit: money(700) }], 'store_credit'],
  ] as const)('CAN-10: %s nothing is sent, and a person is asked', (_name, refunds, kind) => {
    expect(inAdmin({ books: booksOf(order, { ...half, refunds }) })).toMatchObject({
      plan: [],
      problems: [{ kind }],
      facts: [{ key: 'cancel' }],
    });
  });

  it('CAN-12: what could not be sent for a day is recalled, and what was said of it is put right at once', () => {
    const shopify = cancelAmazonKey(orderId, 'shopify');
    const seen = { key: 'cancel', happenedAt: sampleNow - hour, seenAt: sampleNow, quarantine: '' } as const;
    const late = (commands: readonly Command[]) =>
      inAdmin({ situation: { now: sampleNow + 25 * hour, commands, facts: [seen] } });
    const waiting = cancelCommand('planned', { key: shopify, provedAt: sampleNow });
    expect(late([waiting])).toMatchObject({
      plan: [],
      events: [{ key: shopify, event: 'recalled' }],
      problems: [{ kind: 'approval_stale', subject: '' }],
      dueAgain: [{ reason: 'slot', side: 'shopify' }],
    });
    expect(late([{ ...waiting, state: 'withdrawn' }])).toMatchObject({
      problems: [{ kind: 'approval_stale', subject: '' }],
      dueAgain: [],
    });
  });

  it('CAN-6: a person waits for the buyer’s own request until a day before its ship-by, and then is asked again', () => {
    const books = booksOf(order, { ...half, refunds: [refundOf(700)], cancelReason: 'CUSTOMER' });
    const latest = sampleNow + 30 * hour;
    const shipBy = { earliest: null, latest: new Date(latest).toISOString() };
    const choices = [answered('customer_without_request', '', 'wait')];
    const at = (now: number) => inAdmin({ order: orderOf({ shipBy }), books, situation: { choices, now } });
    expect(inAdmin({ books })).toMatchObject({ problems: [{ kind: 'customer_without_request' }] });
    expect(at(sampleNow)).toMatchObject({
      plan: [],
      problems: [],
      dueAgain: [{ at: latest - 24 * hour, reason: 'ship_by' }],
    });
    expect(at(latest - 24 * hour)).toMatchObject({
      plan: [],
      problems: [{ kind: 'customer_without_request' }],
    });
  });

  it('CAN-10: a minute is waited for its refund, and a refund under way is awaited', () => {
    const at = sampleNow - 30_000;
    const soon = inAdmin({ linked: foundOrder({ cancelledAt: at }) });
    expect(soon).toMatchObject({ plan: [], dueAgain: [{ at: at + minute, side: 'shopify' }] });
    const refunds = [{ ...refundOf(700), pending: true }];
    expect(inAdmin({ books: booksOf(order, { ...half, refunds }) })).toMatchObject({ plan: [] });
  });

  it.each([
    ['shipped', { order: orderOf({ status: 'shipped' }) }],
    ['fulfilled', { books: booksOf(order, { ...half, fulfillments: [fulfilled(1, { L0: 1 })] }) }],
  ] as const)('CAN-11: %s, Amazon is never told by itself', (_name, changes) => {
    expect(inAdmin(changes)).toMatchObject({
      plan: [],
      problems: [{ kind: 'cancelled_shopify_shipped' }],
    });
  });

  it.each([
    ['without a refund', 'CUSTOMER', []],
    ['as “customer” without a request', 'CUSTOMER', [refundOf(700)]],
    ['as “other”', 'OTHER', [refundOf(700)]],
  ] as const)(
    'CAN-11: cancelled %s, but shipped, a person hears that goods are gone',
    (_name, cancelReason, refunds) => {
      const shipped = orderOf({ status: 'shipped' });
      expect(
        inAdmin({ order: shipped, books: booksOf(order, { ...half, cancelReason, refunds }) }),
      ).toMatchObject({
        plan: [],
        problems: [{ kind: 'cancelled_shopify_shipped' }],
        facts: [{ key: 'cancel' }],
      });
    },
  );

  it('CAN-11: shipped and cancelled in Shopify, a refund goes to Amazon only by a person’s word', () => {
    const gone = { order: orderOf({ status: 'shipped' }), books: booksOf(order, half) };
    expect(inAdmin(gone)).toMatchObject({ plan: [], problems: [{ kind: 'cancelled_shopify_shipped' }] });
    const left = [answered('cancelled_shopify_shipped', '', 'no_refund')];
    expect(inAdmin({ ...gone, situation: { choices: left } })).toMatchObject({ plan: [], problems: [] });
  });

  describe('CAN-10: Amazon voids the whole order', () => {
    const cancelled = orderOf({ status: 'cancelled' });
    const rest = { ...refundOf(whole - 700), ownKey: refundShopifyKey(orderId, 'rest') };
    const restCommand = (state: CommandState, refund: number): Command =>
      sentCommand(
        'refund_shopify',
        refundShopifyKey(orderId, 'rest'),
        {
          amount: refund,
          currency: 'USD',
          sale: { id: 'S', gateway: 'amazon' },
          lines: [],
          shipping: 0,
          at: null,
        },
        { state },
      );
    const voided = (commands: readonly Command[], refunds = [refundOf(700)]) =>
      inAdmin({
        order: cancelled,
        books: booksOf(order, { ...half, refunds }),
        situation: { commands },
      });

    it('the rest is recorded, and whoever refunded less is told', () => {
      expect(voided([]).send).toMatchObject([{ kind: 'refund_shopify', args: { amount: whole - 700 } }]);
      expect(voided([], [refundOf(700), rest])).toMatchObject({
        send: [],
        problems: [{ kind: 'rest_recorded', params: { amount: '13.00', currency: 'USD' } }],
      });
      expect(voided([], [{ ...rest, amount: money(whole) }]).problems).toEqual([]);
    });

    it('refused, it is recorded once more for each time that a person wants it', () => {
      const refusal = { field: 'amount', text: 'No.' };
      const refused = {
        ...restCommand('refused', whole - 700),
        refusal,
        endedAt: sampleNow - 2000,
      } as Command;
      expect(voided([refused])).toMatchObject({
        send: [],
        problems: [{ kind: 'refund_missing_shopify', subject: 'rest' }],
      });
      const wanted = (command: Command) =>
        inAdmin({
          order: cancelled,
          books: booksOf(order, { ...half, refunds: [refundOf(700)] }),
          situation: {
            commands: [command],
            choices: [answered('refund_missing_shopify', 'rest', 'record')],
          },
        });
      expect(wanted(refused)).toMatchObject({
        send: [{ kind: 'refund_shopify', from: 'refused' }],
        problems: [],
      });
      expect(wanted({ ...refused, endedAt: sampleNow })).toMatchObject({
        send: [],
        problems: [{ kind: 'refund_missing_shopify' }],
      });
    });

    it('once: what Shopify took is awaited, and a repeat says the same', () => {
      expect(voided([restCommand('accepted', whole - 700)])).toMatchObject({
        send: [],
        dueAgain: [{ side: 'shopify' }],
      });
      expect(voided([restCommand('unsure', 777)]).send).toMatchObject([{ args: { amount: 777 } }]);
    });
  });
});
