import { describe, expect, it } from 'vitest';
import {
  foundOrder,
  lineOf,
  money,
  orderedAt,
  orderId,
  orderOf,
  proceedsOf,
} from '../../test/samples/orders.ts';
import { booksOf, moveOf, refundOf } from '../../test/samples/refunds.ts';
import { situationOf, toOwn } from '../../test/samples/situations.ts';
import { answerSubject, type Choice } from './choice.ts';
import type { Command, CommandState } from './command.ts';
import type { Case } from './dealing.ts';
import type { Situation } from './decide.ts';
import { decideRefund } from './decide-refund.ts';
import { refundAmazonKey, refundShopifyKey } from './money-keys.ts';
import type { BookedRefund, OrderBooks } from './order-books.ts';
import { settingsSchema } from './settings.ts';

const hour = 3_600_000;
const now = orderedAt + 12 * hour;
const shipped = orderOf({
  status: 'shipped',
  lines: [
    lineOf({
      quantityFulfilled: 1,
      quantityUnfulfilled: 0,
      proceeds: proceedsOf({ item: 2000, shipping: 500 }),
    }),
  ],
  total: money(2500),
});
const key = refundAmazonKey(orderId, 'refund:1');
const never = settingsSchema.parse({ refundsOnAmazon: 'never' });
const lamps = (principal: number) => moveOf([{ sku: 'LAMP', components: { principal } }]);

interface Given {
  readonly order?: typeof shipped;
  readonly refunds?: readonly BookedRefund[];
  readonly books?: Partial<OrderBooks>;
  readonly fresh?: boolean;
  readonly situation?: Partial<Situation>;
}

function caseOf({ order = shipped, refunds = [], books = {}, fresh = true, situation = {} }: Given): Case {
  return {
    situation: situationOf({ link: toOwn, now, settings: never, ...situation }),
    order,
    readAt: now - 1000,
    askedAt: fresh ? now - 1000 : null,
    linked: foundOrder({ fulfillmentStatus: 'FULFILLED', total: money(2500) }),
    books: { ...booksOf(shipped), refunds, ...books },
    handling: null,
    request: null,
  };
}
const of = (given: Given) => decideRefund(caseOf(given));

const refund = refundOf(1000, [['L0', 1000, 0]]);

function sent(
  state: CommandState,
  changes: Partial<Command<'refund_amazon'>> = {},
): Command<'refund_amazon'> {
  const items = [
    { orderItemId: '147645420374961', adjustmentId: '1-147645420374961', components: { principal: 1000 } },
  ];
  return {
    id: 'c1',
    key,
    kind: 'refund_amazon',
    state,
    attempt: 1,
    args: { reason: 'GeneralAdjustment', currency: 'USD', items },
    sentAt: now - hour,
    endedAt: now - hour,
    refusal: null,
    notBefore: null,
    provedAt: null,
    job: null,
    ...changes,
  };
}

function answer(kind: string, subject: string, choice: string, at = now - 60_000): Choice<'answer'> {
  return {
    id: 'a1',
    kind: 'answer',
    subject: answerSubject(kind, subject),
    args: { choice, value: null },
    state: 'open',
    by: 'staff',
    at,
    undoUntil: at,
    endedAt: null,
    outcome: null,
  };
}

const kinds = (given: Given) => of(given).problems.map(({ kind, subject }) => `${kind} ${subject}`);

describe('REF-1: a refund in Shopify goes to Amazon', () => {
  it('REF-1: planned once, under its own key, with an id of its own for each line', () => {
    expect(of({ refunds: [refund] }).plan).toEqual([
      {
        kind: 'refund_amazon',
        key,
        from: null,
        args: sent('planned').args,
        notBefore: null,
        provedAt: now - 1000,
      },
    ]);
  });

  it('REF-1: what is only remembered of Amazon proves nothing: it is asked', () => {
    expect(of({ refunds: [refund], fresh: false })).toMatchObject({
      plan: [{ provedAt: null }],
      dueAgain: [{ at: now + 1_000, reason: 'slot' }],
    });
  });

  it('REF-1: goods that came back are a return', () => {
    const back = { ...refund, lines: refund.lines.map((line) => ({ ...line, restock: 'RETURN' as const })) };
    expect(of({ refunds: [back] }).plan).toMatchObject([{ args: { reason: 'CustomerReturn' } }]);
  });

  it.each([
    ['our own', { ownKey: refundShopifyKey(orderId, 'move:T1') }],
    ['under way', { pending: true }],
    ['without money on the payment', { amount: money(0) }],
  ])('REF-1: a refund that is %s is not sent', (_, changes) => {
    expect(of({ refunds: [{ ...refund, ...changes }] })).toMatchObject({ plan: [], problems: [] });
  });

  it('REF-1: two that do not fit together: the second is asked about, and what fits goes where a person says so', () => {
    const second = { ...refundOf(2000), id: 'gid://shopify/Refund/2', at: orderedAt + 1000 };
    const refunds = [refund, second];
    expect(of({ refunds }).plan).toHaveLength(1);
    expect(kinds({ refunds })).toEqual(['refund_does_not_fit 2']);
    const choices = [answer('refund_does_not_fit', '2', 'fitting')];
    expect(of({ refunds, situation: { choices } }).plan).toMatchObject([
      {},
      { args: { items: [{ components: { principal: 1000, shipping: 500 } }] } },
    ]);
  });

  it('REF-1 REF-3: what a person set by line and component goes, as long as it is within what is left', () => {
    const second = { ...refundOf(2000), id: 'gid://shopify/Refund/2', at: orderedAt + 1000 };
    const refunds = [refund, second];
    const { orderItemId } = lineOf();
    const split = (principal: number) => {
      const items = [{ orderItemId, components: { principal, shipping: 100 } }];
      const one = answer('refund_does_not_fit', '2', 'split');
      return [{ ...one, args: { ...one.args, value: JSON.stringify(items) } }];
    };
    const within = { refunds, situation: { choices: split(900) } };
    expect(of(within).plan).toMatchObject([
      {},
      { args: { items: [{ orderItemId, components: { principal: 900, shipping: 100 } }] } },
    ]);
    expect(kinds(within)).toEqual([]);
    const above = { refunds, situation: { choices: split(1001) } };
    expect(of(above).plan).toHaveLength(1);
    expect(kinds(above)).toEqual(['refund_does_not_fit 2']);
  });

  it.each([
    ['before the installation', { installedAt: now - 1000 }, 'before_installation'],
    ['while sending was off', { quiet: [{ since: orderedAt - 1, until: null }] }, 'sending_off'],
  ] as const)('CAN-12: made %s it is kept back until a person approves', (_, situation, quarantine) => {
    expect(of({ refunds: [refund], situation })).toMatchObject({
      plan: [],
      problems: [{ kind: 'quarantined', subject: 'refund:1' }],
      facts: [{ key: 'refund:1', quarantine }],
    });
    const choices = [answer('quarantined', 'refund:1', 'send')];
    expect(of({ refunds: [refund], situation: { ...situation, choices } }).plan).toHaveLength(1);
  });
});

describe('REF-1 REF-4: an order that another app booked in another currency', () => {
  const yen = (amount: number) => money(amount, 'JPY');
  const order = orderOf({
    ...shipped,
    marketplaceId: 'A1VC38T7YXB528',
    lines: [
      lineOf({
        quantityFulfilled: 1,
        quantityUnfulfilled: 0,
        unitPrice: yen(8000),
        proceeds: proceedsOf({ currency: 'JPY', item: 8000 }),
      }),
    ],
    total: yen(8000),
  });
  const inDollars = booksOf(shipped);
  const { orderItemId } = lineOf();
  const choice: Choice<'refund'> = {
    id: 'c1',
    kind: 'refund',
    subject: '',
    args: { items: [{ orderItemId, components: { principal: 3000 } }], restock: false },
    state: 'open',
    by: 'staff',
    at: now - 60_000,
    undoUntil: now - 30_000,
    endedAt: null,
    outcome: null,
  };
  const link = { ...toOwn, adopted: true };
  const said = answer('adopted_confirm', '', 'concord');

  it('REF-1: what a person gives back goes in Amazon’s currency, and what cannot stand in Shopify is told', () => {
    const before = { order, books: inDollars, situation: { link, choices: [said, choice] } };
    const [planned, ...more] = of(before).plan;
    expect([planned?.args, more]).toMatchObject([
      { currency: 'JPY', items: [{ orderItemId, components: { principal: 3000 } }] },
      [],
    ]);
    expect(of(before).fitting).toMatchObject([
      { key: 'refund_sent', params: { amount: '3000', currency: 'JPY' } },
    ]);
    const done = sent('accepted', {
      key: refundAmazonKey(orderId, 'choice:c1'),
      args: { reason: 'GeneralAdjustment', currency: 'JPY', items: [] },
    });
    const after = { ...before, situation: { ...before.situation, commands: [done] } };
    expect(of(after)).toMatchObject({
      send: [],
      problems: [
        {
          kind: 'refund_missing_shopify',
          subject: 'choice:c1',
          params: { amount: '3000', currency: 'JPY' },
        },
      ],
    });
  });

  it('REF-1: what was refunded in Shopify does not fit, and what is left is said in Amazon’s currency', () => {
    const books = { ...inDollars, refunds: [refundOf(8000)] };
    expect(of({ order, books, situation: { link, choices: [said] } })).toMatchObject({
      plan: [],
      problems: [
        {
          kind: 'refund_does_not_fit',
          params: { amount: '80.00', currency: 'USD', a: '8000 JPY', x: '0.00' },
        },
      ],
    });
  });
});

describe('REF-2: before shipping', () => {
  it.each(['unshipped', 'pending', 'unknown'] as const)(
    'REF-2: %s: it waits and is asked about',
    (status) => {
      const order = orderOf({ ...shipped, status, lines: [lineOf()] });
      expect(kinds({ order, refunds: [refund] })).toEqual(['refund_before_ship 1']);
      const choices = [answer('refund_before_ship', '1', 'after_shipping')];
      expect(of({ order, refunds: [refund], situation: { choices } })).toMatchObject({
        problems: [],
        plan: [],
        fitting: [{ key: 'refund_waits_ship' }],
      });
    },
  );
});

describe('REF-3: never twice', () => {
  const sometimes = settingsSchema.parse({});
  const at = (financesUntil: number | null): Given => ({
    refunds: [refund],
    situation: { settings: sometimes, financesUntil },
  });

  it('REF-3: it waits until Amazon’s finances would show one that was made there', () => {
    for (const until of [null, now, orderedAt + 50 * hour - 1]) {
      expect(kinds(at(until))).toEqual(['refund_twice_risk 1']);
      expect(of(at(until)).dueAgain).toMatchObject([{ reason: 'looking' }]);
    }
    expect(of(at(orderedAt + 50 * hour)).plan).toHaveLength(1);
  });

  it('REF-3: a person who looked sends it now', () => {
    const choices = [answer('refund_twice_risk', '1', 'send_now')];
    expect(of({ refunds: [refund], situation: { settings: sometimes, choices } }).plan).toHaveLength(1);
  });

  it.each([
    ['sending', []],
    ['unsure', ['refund_unsure_decide refund:1']],
    ['accepted', []],
    ['confirmed', []],
    ['refused', ['refund_refused refund:1']],
  ] as const)('CAN-13: one that is %s is not sent again by itself', (state, problems) => {
    const situation = { commands: [sent(state)], financesUntil: now };
    expect(of({ refunds: [refund], situation }).plan).toEqual([]);
    expect(kinds({ refunds: [refund], situation })).toEqual(problems);
  });

  it.each(['sending', 'unsure', 'accepted'] as const)(
    'REF-3: one that is %s counts as given back',
    (state) => {
      const more = { ...refundOf(2000), id: 'gid://shopify/Refund/2' };
      expect(kinds({ refunds: [refund, more], situation: { commands: [sent(state)] } })).toContain(
        'refund_does_not_fit 2',
      );
    },
  );

  it.each(['unsure', 'accepted'] as const)('CAN-13: its echo in Finances ends one that is %s', (state) => {
    const moves = [{ ...lamps(1000), postedAt: now - hour + 1 }];
    expect(of({ refunds: [refund], situation: { commands: [sent(state)], moves } })).toMatchObject({
      events: [{ key, event: 'seen' }],
      send: [],
      problems: [],
    });
  });

  it('CAN-13: "Amazon does not have it" is believed once its finances cover 48 hours after the send', () => {
    const choices = [answer('refund_unsure_decide', 'refund:1', 'amazon_has_not')];
    const situation = { commands: [sent('unsure')], choices };
    const early = { ...situation, financesUntil: now + 46 * hour };
    expect(of({ refunds: [refund], situation: early })).toMatchObject({ plan: [], events: [] });
    const late = { ...situation, financesUntil: now + 47 * hour };
    expect(of({ refunds: [refund], situation: late })).toMatchObject({
      events: [{ key, event: 'failed_later' }],
      plan: [{ key: refundAmazonKey(orderId, 'refund:1', 1), from: null }],
    });
  });

  it('CAN-13: an echo of the first that comes late after all ends the second before it is sent', () => {
    const again = sent('planned', { key: `${key}:1`, sentAt: null, attempt: 0 });
    const moves = [{ ...lamps(1000), postedAt: now - hour }];
    const commands = [sent('refused'), again];
    expect(of({ refunds: [refund], situation: { commands, moves } })).toMatchObject({
      events: [{ key: again.key, event: 'seen' }],
      plan: [],
      send: [],
    });
  });

  it('CAN-13: refused, a person has it tried again, under the same key', () => {
    const choices = [answer('refund_refused', 'refund:1', 'try_again')];
    const situation = { commands: [sent('refused')], choices };
    expect(of({ refunds: [refund], situation }).plan).toMatchObject([{ key, from: 'refused' }]);
  });

  it('REF-3: accepted and never shown: a person hears of it when the data is in', () => {
    const at50 = { now: now + 50 * hour, commands: [sent('accepted')] };
    expect(kinds({ refunds: [refund], situation: { ...at50, financesUntil: now } })).toEqual([]);
    const situation = { ...at50, financesUntil: now + 49 * hour };
    expect(kinds({ refunds: [refund], situation })).toEqual(['refund_missing_amazon refund:1']);
  });
});

describe('REF-4: a refund on Amazon goes to Shopify', () => {
  const entry = refundShopifyKey(orderId, 'move:T1');

  it.each(['refund', 'claim', 'chargeback', 'other'] as const)('REF-4: a %s is entered once', (kind) => {
    const moves = [{ ...lamps(500), kind }];
    expect(of({ situation: { moves } })).toMatchObject({
      send: [
        { kind: 'refund_shopify', key: entry, from: null, args: { amount: 500, at: moves[0]?.postedAt } },
      ],
      problems: [],
    });
    const own = { ...refundOf(500), ownKey: entry };
    expect(of({ refunds: [own], situation: { moves } })).toMatchObject({ send: [], plan: [], problems: [] });
  });

  it('REF-4: several are entered one after the other', () => {
    const moves = [lamps(500), { ...lamps(600), transactionId: 'T2' }];
    expect(of({ situation: { moves } }).send).toHaveLength(1);
  });

  it('REF-4: what Shopify cannot take is said: a claim as a claim', () => {
    const full = { ...refundOf(2500), ownKey: 'else' };
    const moves = [lamps(500)];
    expect(kinds({ refunds: [full], situation: { moves } })).toEqual(['refund_missing_shopify move:T1']);
    const claim = [{ ...lamps(500), kind: 'claim' as const }];
    expect(kinds({ refunds: [full], situation: { moves: claim } })).toEqual(['claim_or_chargeback move:T1']);
  });

  it('REF-3: more than was paid went back', () => {
    const moves = [lamps(2000), { ...lamps(1000), transactionId: 'T2' }];
    const own = moves.map(({ transactionId, amount }, i) => ({
      ...refundOf(amount),
      id: `gid://shopify/Refund/${String(i)}`,
      ownKey: refundShopifyKey(orderId, `move:${transactionId}`),
    }));
    expect(kinds({ refunds: own, situation: { moves } })).toContain('over_refunded ');
  });
});

describe('REF-5: equal on both sides', () => {
  const moves = [lamps(1000)];

  it('REF-5: neither is carried until a person says whether they are one', () => {
    expect(of({ refunds: [refund], situation: { moves } })).toMatchObject({
      plan: [],
      send: [],
      problems: [{ kind: 'equal_refund_both', subject: '1' }],
    });
  });

  it.each([
    ['same', 0, 0],
    ['two', 1, 1],
  ])('REF-5: the answer "%s"', (choice, plans, sends) => {
    const choices = [answer('equal_refund_both', '1', choice)];
    const { plan, send, problems } = of({ refunds: [refund], situation: { moves, choices } });
    expect([plan.length, send.length, problems.length]).toEqual([plans, sends, 0]);
  });
});

describe('REF-5: equal to what our own entry is under way for', () => {
  const minute = 60_000;
  const entry = refundShopifyKey(orderId, 'move:T1');
  const moves = [lamps(1000)];
  const entered = (
    state: CommandState,
    changes: Partial<Command<'refund_shopify'>> = {},
    key = entry,
  ): Command<'refund_shopify'> => ({
    ...{ id: key, key, kind: 'refund_shopify', state, attempt: 1, refusal: null, notBefore: null },
    ...{ provedAt: null, job: null, sentAt: now - hour, endedAt: now - hour },
    args: {
      ...{ amount: 1000, currency: 'USD', sale: { id: 'T', gateway: 'amazon' }, lines: [], shipping: 0 },
      at: now - 2 * hour,
    },
    ...changes,
  });
  /** Staff made it by hand half an hour ago. */
  const byHand = { ...refund, at: now - 30 * minute };
  const booked = (at: number, ownKey = entry): BookedRefund => ({
    ...refund,
    id: 'gid://shopify/Refund/7',
    at,
    ownKey,
  });
  const asked = { plan: [], send: [], problems: [{ kind: 'equal_refund_both', subject: '1' }] };
  const said = (choice: string) => [answer('equal_refund_both', '1', choice)];

  it.each(['sending', 'unsure', 'accepted'] as const)(
    'REF-5: an entry that is %s, and not on the books: a person is asked, and nothing is repeated',
    (state) => {
      const situation = { moves, commands: [entered(state)] };
      expect(of({ refunds: [byHand], situation })).toMatchObject(asked);
      // Also where nothing is waited for any more, by time or by setting.
      const late = { ...situation, settings: settingsSchema.parse({}), financesUntil: now + 60 * hour };
      expect(of({ refunds: [byHand], situation: late })).toMatchObject(asked);
      const other = { ...byHand, amount: money(900) };
      expect(of({ refunds: [other], situation }).plan).toHaveLength(1);
    },
  );

  it('REF-5: answered as two, the one goes to Amazon and the other one is entered as before', () => {
    const situation = { moves, commands: [entered('unsure')], choices: said('two') };
    expect(of({ refunds: [byHand], situation })).toMatchObject({
      plan: [{ kind: 'refund_amazon', key }],
      send: [{ kind: 'refund_shopify', key: entry, from: 'unsure' }],
      problems: [],
    });
  });

  it('REF-5: answered as one, nothing moves, and the entry is over when it can come no more', () => {
    const at = (sentAt: number) =>
      of({
        refunds: [byHand],
        situation: { moves, commands: [entered('unsure', { sentAt })], choices: said('same') },
      });
    expect(at(now - minute)).toMatchObject({
      ...{ plan: [], send: [], problems: [], events: [] },
      dueAgain: [{ at: now + 9 * minute, reason: 'looking', side: 'shopify' }],
    });
    expect(at(now - 10 * minute)).toMatchObject({
      ...{ plan: [], send: [], problems: [], dueAgain: [] },
      events: [{ key: entry, event: 'recalled' }],
    });
    const over = { moves, commands: [entered('withdrawn')], choices: said('same') };
    expect(of({ refunds: [byHand], situation: over })).toMatchObject({ plan: [], send: [], problems: [] });
  });

  it('REF-5: an entry that was made after it is asked about too; one that stood there before is another one', () => {
    const on = (at: number) =>
      of({ refunds: [byHand, booked(at)], situation: { moves, commands: [entered('unsure')] } });
    const seen = { events: [{ key: entry, event: 'seen' }] };
    expect(on(now - 29 * minute)).toMatchObject({ ...asked, ...seen });
    expect(on(now - 31 * minute)).toMatchObject({ plan: [{ key }], send: [], problems: [], ...seen });
  });

  const chosen = (changes: Partial<Choice<'refund'>> = {}): Choice<'refund'> => ({
    ...{ id: 'c-1', kind: 'refund', subject: '', state: 'open', by: 'staff', at: now - hour },
    ...{ undoUntil: now - hour, endedAt: null, outcome: null },
    args: { items: sent('planned').args.items, restock: false },
    ...changes,
  });
  const half = refundShopifyKey(orderId, 'choice:c-1');
  const onAmazon = (state: CommandState) => sent(state, { key: refundAmazonKey(orderId, 'choice:c-1') });

  it.each(['planned', 'sending', 'unsure', 'accepted', 'confirmed'] as const)(
    'REF-5: one chosen in the app that is %s on Amazon: a person is asked before its half goes to Shopify',
    (state) => {
      const commands = [onAmazon(state)];
      const situation = { commands, choices: [chosen()], financesUntil: now };
      const { problems, send, plan } = of({ refunds: [byHand], situation });
      expect(problems).toContainEqual(expect.objectContaining({ kind: 'equal_refund_both', subject: '1' }));
      expect([send, plan.filter((one) => one.key === key)]).toEqual([[], []]);
    },
  );

  it('REF-5: answered as one, it is the half of the chosen one, which is done', () => {
    const situation = { commands: [onAmazon('accepted')], choices: [chosen(), ...said('same')] };
    expect(of({ refunds: [byHand], situation })).toMatchObject({
      ...{ plan: [], send: [], problems: [] },
      ends: [{ id: 'c-1', state: 'done' }],
    });
  });

  it('REF-5: answered as two, the half is entered, and the other one goes to Amazon', () => {
    const situation = { commands: [onAmazon('accepted')], choices: [chosen(), ...said('two')] };
    expect(of({ refunds: [byHand], situation })).toMatchObject({
      plan: [{ key }],
      send: [{ key: half }],
      problems: [],
    });
  });

  it.each([
    ['on the books before it', { refunds: [byHand, booked(now - 31 * minute, half)] }, 'done', 'accepted'],
    ['refused by Amazon', { refunds: [byHand] }, 'refused', 'refused'],
    ['taken back', { refunds: [byHand] }, 'withdrawn', 'withdrawn'],
  ] as const)('REF-5: a chosen one that is %s asks nothing', (_, given, choice, state) => {
    const situation = { commands: [onAmazon(state)], choices: [chosen({ state: choice })] };
    const { plan, problems } = of({ ...given, situation });
    expect(plan.map((one) => one.key)).toEqual([key]);
    expect(problems.map(({ kind }) => kind)).not.toContain('equal_refund_both');
  });
});

describe('CAN-9: a line that Amazon cancelled', () => {
  const cancelled = orderOf({
    ...shipped,
    status: 'unshipped',
    lines: [lineOf({ cancelled: { by: 'BUYER', reason: null } }), lineOf({ sku: 'MUG' })],
  });
  const line = booksOf(shipped).lines.map((one) => ({ ...one, unfulfilled: 1 }));

  it('CAN-9: is taken off with its money, and put back where it was taken from stock', () => {
    expect(of({ order: cancelled, books: { lines: line, locationId: 'P1' } }).send).toMatchObject([
      {
        key: refundShopifyKey(orderId, 'line:147645420374961'),
        args: { amount: 2000, lines: [{ lineItem: 'L0', quantity: 1, restock: 'CANCEL', location: 'P1' }] },
      },
    ]);
  });

  it('CAN-9: whose goods left is a parcel to stop, and nothing happens by itself', () => {
    const fulfillments = [
      {
        id: 'F1',
        status: 'SUCCESS',
        at: now,
        updatedAt: now,
        tracking: [],
        lines: [{ lineItemId: 'L0', quantity: 1 }],
      },
    ];
    const books = { lines: line.map((one) => ({ ...one, unfulfilled: 0 })), fulfillments };
    expect(of({ order: cancelled, books }).send).toEqual([]);
    expect(kinds({ order: cancelled, books })).toEqual(['stop_parcel 147645420374961']);
  });

  it('CAN-9: a parcel of it that was stopped is taken back, unless something else may be in it', () => {
    const parcel = (lines: readonly { readonly lineItemId: string; readonly quantity: number }[]) => ({
      lines: line.map((one) => ({ ...one, unfulfilled: 0 })),
      fulfillments: [
        { id: 'F1', status: 'SUCCESS', at: now - hour, updatedAt: now - hour, tracking: [], lines },
      ],
    });
    const choices = [answer('stop_parcel', '147645420374961', 'stopped')];
    const own = [{ lineItemId: 'L0', quantity: 1 }];
    const stopped = (books: Partial<OrderBooks>, order = cancelled) =>
      of({ order, books, situation: { choices } });
    expect(stopped(parcel(own))).toMatchObject({
      send: [{ kind: 'unfulfil_shopify', args: { fulfillment: 'F1' } }],
      problems: [],
    });
    const mixed = stopped(parcel([...own, { lineItemId: 'L1', quantity: 1 }]));
    expect([mixed.send, mixed.problems.map(({ kind }) => kind)]).toEqual([[], ['stop_parcel']]);
    const [first, ...others] = cancelled.lines;
    const partly = {
      ...cancelled,
      lines: [{ ...first, quantityFulfilled: 1 }, ...others] as typeof cancelled.lines,
    };
    expect(stopped(parcel([{ lineItemId: 'L0', quantity: 2 }]), partly).send).toEqual([]);
  });

  it('CAN-9: a refund of it in Shopify is none on Amazon', () => {
    expect(of({ order: cancelled, refunds: [refundOf(2000, [['L0', 2000, 0]])] }).plan).toEqual([]);
  });
});
