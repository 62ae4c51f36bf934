import { describe, expect, it } from 'vitest';
import { lineOf, money, orderedAt, orderId, orderOf, proceedsOf } from '../../test/samples/orders.ts';
import { moveOf } from '../../test/samples/refunds.ts';
import type { AmazonOrder } from './amazon-order.ts';
import type { Command } from './command.ts';
import { amazonOrderItemId } from './ids.ts';
import { fixOf, isAbout, ledgerClasses, ledgerKinds, seenEntry, worstState } from './ledger-entry.ts';
import type { KeptRefund, LedgerFacts, SettledRow, ShopifyMoney } from './ledger-facts.ts';
import { ledgerOf } from './ledger.ts';
import { problemTones, type ProblemKind } from './problem.ts';
import { choicesFor } from './problem-choices.ts';

const hour = 3_600_000;
const shipped = (changes: Partial<AmazonOrder> = {}) =>
  orderOf({
    status: 'shipped',
    lines: [lineOf({ quantityFulfilled: 1, quantityUnfulfilled: 0 })],
    ...changes,
  });
const cancelled = (total: number | null = 2000) =>
  orderOf({
    status: 'cancelled',
    total: total === null ? null : money(total),
    lines: [lineOf({ cancelled: { by: 'BUYER', reason: null } })],
  });
const refund = (amount: number, changes: Partial<KeptRefund> = {}): KeptRefund => ({
  id: 'gid://shopify/Refund/1',
  at: orderedAt + 24 * hour,
  key: null,
  amount,
  lines: [],
  ...changes,
});
const shop = (changes: Partial<ShopifyMoney> = {}): ShopifyMoney => ({
  currency: 'USD',
  total: 2000,
  cancelledAt: null,
  refunds: [],
  ...changes,
});
const factsOf = (changes: Partial<LedgerFacts> = {}): LedgerFacts => ({
  order: shipped(),
  knownTotal: null,
  reportedCancelled: false,
  shopify: shop(),
  shopifyUnread: false,
  moves: [],
  postings: [],
  commands: [],
  settled: [],
  returns: [],
  ...changes,
});
const row = (amount: number, changes: Partial<SettledRow> = {}): SettledRow => ({
  settlementId: 'S1',
  line: 2,
  sale: amount > 0,
  as: 'buyer',
  currency: 'USD',
  amount,
  postedAt: orderedAt + 30 * hour,
  orderItemId: null,
  adjustmentId: null,
  ownAdjustmentId: null,
  ...changes,
});
/** The entries as `kind amazon shopify settlement state class`. */
const told = (changes: Partial<LedgerFacts>) =>
  ledgerOf(factsOf(changes)).entries.map((one) =>
    [one.kind, one.amazon, one.shopify, one.settlement, one.state, one.class].map((x) => x ?? '-').join(' '),
  );
const back = (amount: number, more: Parameters<typeof moveOf>[1] = {}) =>
  moveOf([{ sku: 'LAMP', components: { principal: amount } }], more);

describe('the ledger of an order', () => {
  it.each<[string, Partial<LedgerFacts>, string[]]>([
    ['a sale', {}, ['sale 2000 2000 - in_step -']],
    ['a sale that was paid out', { settled: [row(2000)] }, ['sale 2000 2000 2000 in_step -']],
    [
      'a sale that a settlement pays less of',
      { settled: [row(1500)] },
      ['sale 2000 2000 1500 different settlement'],
    ],
    ['a cent less in Shopify', { shopify: shop({ total: 1999 }) }, ['sale 2000 1999 - different rounding']],
    ['another total', { shopify: shop({ total: 1500 }) }, ['sale 2000 1500 - different totals']],
    [
      'an order that Shopify has in another currency',
      { shopify: shop({ currency: 'CAD' }) },
      ['sale 2000 2000 - different currency'],
    ],
    ['an order not in Shopify', { shopify: null }, ['sale 2000 - - different not_in_shopify']],
    [
      'an order that Shopify does not show',
      { shopify: null, shopifyUnread: true },
      ['sale 2000 - - not_known not_known'],
    ],
    ['no total from Amazon', { order: shipped({ total: null }) }, ['sale - 2000 - not_known not_known']],
    [
      'a refund on both sides',
      { moves: [back(500)], shopify: shop({ refunds: [refund(500)] }) },
      ['sale 2000 2000 - in_step -', 'refund -500 -500 - in_step -'],
    ],
    [
      'a refund missing in Shopify',
      { moves: [back(500)] },
      ['sale 2000 2000 - in_step -', 'refund -500 - - different refund_missing_shopify'],
    ],
    [
      'a refund missing on Amazon',
      { shopify: shop({ refunds: [refund(500)] }) },
      ['sale 2000 2000 - in_step -', 'refund - -500 - different refund_missing_amazon'],
    ],
    [
      'a refund that only the settlement shows beside Shopify',
      { shopify: shop({ refunds: [refund(500)] }), settled: [row(2000), row(-500)] },
      ['sale 2000 2000 2000 in_step -', 'refund - -500 -500 in_step -'],
    ],
    [
      'a refund that a returns report shows',
      {
        shopify: shop({ refunds: [refund(500)] }),
        returns: [{ amount: 500, currency: 'USD', at: orderedAt }],
      },
      ['sale 2000 2000 - in_step -', 'refund - -500 - in_step -'],
    ],
    [
      'a refund beside an equal one that a returns report shows',
      {
        shopify: shop({ refunds: [refund(500), refund(500, { id: 'gid://shopify/Refund/2' })] }),
        returns: [{ amount: 500, currency: 'USD', at: orderedAt }],
      },
      [
        'sale 2000 2000 - in_step -',
        'refund - -500 - in_step -',
        'refund - -500 - different refund_missing_amazon',
      ],
    ],
    [
      'a refund beside an equal one that Finances and a returns report show',
      {
        moves: [back(500)],
        shopify: shop({ refunds: [refund(500), refund(500, { id: 'gid://shopify/Refund/2' })] }),
        returns: [{ amount: 500, currency: 'USD', at: orderedAt }],
      },
      [
        'sale 2000 2000 - in_step -',
        'refund -500 -500 - in_step -',
        'refund - -500 - different refund_missing_amazon',
      ],
    ],
    [
      'a refund beside an equal one that a settlement and a returns report show',
      {
        shopify: shop({ refunds: [refund(500), refund(500, { id: 'gid://shopify/Refund/2' })] }),
        settled: [row(2000), row(-500)],
        returns: [{ amount: 500, currency: 'USD', at: orderedAt }],
      },
      [
        'sale 2000 2000 2000 in_step -',
        'refund - -500 -500 in_step -',
        'refund - -500 - different refund_missing_amazon',
      ],
    ],
    [
      'two equal refunds, one in Finances, and both in a returns report',
      {
        moves: [back(500)],
        shopify: shop({ refunds: [refund(500), refund(500, { id: 'gid://shopify/Refund/2' })] }),
        returns: [
          { amount: 500, currency: 'USD', at: orderedAt },
          { amount: 500, currency: 'USD', at: orderedAt },
        ],
      },
      ['sale 2000 2000 - in_step -', 'refund -500 -500 - in_step -', 'refund - -500 - in_step -'],
    ],
    [
      'a refund that only the settlement shows',
      { settled: [row(2000), row(-300)] },
      ['sale 2000 2000 2000 in_step -', 'refund - - -300 different refund_missing_shopify'],
    ],
    [
      'two refunds in Shopify that are one on Amazon',
      {
        moves: [back(500)],
        shopify: shop({ refunds: [refund(200), refund(300, { id: 'gid://shopify/Refund/2' })] }),
      },
      ['sale 2000 2000 - in_step -', 'refund -500 -500 - in_step -'],
    ],
    [
      'refunds a cent apart',
      { moves: [back(500)], shopify: shop({ refunds: [refund(499)] }) },
      ['sale 2000 2000 - in_step -', 'refund -500 -499 - different rounding'],
    ],
    [
      'a refund without its tax in Shopify',
      {
        moves: [moveOf([{ sku: 'LAMP', components: { principal: 500, tax: 40 } }])],
        shopify: shop({ refunds: [refund(500)] }),
      },
      ['sale 2000 2000 - in_step -', 'refund -540 -500 - different tax_treatment'],
    ],
    [
      'a refund in another currency',
      { moves: [back(550, { currency: 'CAD' })], shopify: shop({ refunds: [refund(400)] }) },
      ['sale 2000 2000 - in_step -', 'refund -550 -400 - different currency'],
    ],
    [
      'fees and tax that the marketplace keeps',
      {
        postings: [{ transactionId: 'P', postedAt: orderedAt, currency: 'USD', fees: -300, withheld: -160 }],
        settled: [row(2000), row(-300, { as: 'fee' }), row(-160, { as: 'withheld' })],
      },
      [
        'sale 2000 2000 2000 in_step -',
        'fee -300 - -300 in_step fees',
        'tax -160 - -160 in_step tax_treatment',
      ],
    ],
    [
      'a payout in another currency',
      { settled: [row(2700, { currency: 'CAD' })] },
      ['sale 2000 2000 - in_step currency'],
    ],
  ])('REP-1: %s', (_name, facts, entries) => {
    expect(told(facts)).toEqual(entries);
  });

  it('REP-1: tax that Shopify lacks is told by its amount', () => {
    const order = shipped({
      total: money(2160),
      lines: [lineOf({ quantityFulfilled: 1, proceeds: proceedsOf({ item: 2000, itemTax: 160 }) })],
    });
    expect(told({ order })).toEqual(['sale 2160 2000 - different tax_treatment']);
    expect(told({ order, shopify: shop({ total: 2160 }), settled: [row(2000)] })).toEqual([
      'sale 2160 2160 2000 in_step tax_treatment',
    ]);
  });

  it('REP-1: a line whose parcel comes in a later settlement waits for it; what else is paid less is different', () => {
    const items = ['147645420374961', '147645420374962'].map(amazonOrderItemId);
    const [first = '', second = ''] = items;
    const proceeds = proceedsOf({ item: 2000, itemTax: 160 });
    const lines = items.map((orderItemId) => lineOf({ orderItemId, quantityFulfilled: 1, proceeds }));
    const updatedAt = orderedAt + 4 * 24 * hour;
    const order = shipped({ total: money(4320), lines, updatedAt });
    const saleOf = (...settled: SettledRow[]) => {
      const [sale] = ledgerOf(factsOf({ order, shopify: shop({ total: 4320 }), settled })).entries;
      return sale && { state: sale.state, class: sale.class, waitsUntil: sale.waitsUntil };
    };
    const waits = (since: number) => ({
      ...{ state: 'different', class: 'settlement' },
      waitsUntil: since + 30 * 24 * hour,
    });
    const different = { state: 'different', class: 'settlement', waitsUntil: null };
    expect(saleOf(row(2160, { orderItemId: first }))).toEqual(waits(updatedAt));
    // A later row moves it on, and the marketplace's own tax may not pass through.
    const postedAt = updatedAt + hour;
    expect(saleOf(row(2000, { orderItemId: first, postedAt }))).toEqual(waits(postedAt));
    expect(saleOf(row(1000, { orderItemId: first }))).toEqual(different);
    expect(saleOf(row(2160))).toEqual(different);
    expect(saleOf(row(2160, { orderItemId: first }), row(1000, { orderItemId: second }))).toEqual(different);
    expect(saleOf(row(2160, { orderItemId: first }), row(2160, { orderItemId: second }))).toEqual({
      ...{ state: 'in_step', class: null, waitsUntil: null },
    });
    // A line that Amazon cancelled is never paid, and is no reason to wait.
    const off = { cancelled: { by: 'BUYER', reason: null }, proceeds: proceedsOf({ item: 1000 }) };
    const gone = shipped({
      total: money(3000),
      lines: [
        lineOf({ quantityFulfilled: 1, proceeds: proceedsOf({ item: 3000 }) }),
        lineOf({ orderItemId: amazonOrderItemId(second), ...off }),
      ],
    });
    const settled = [row(2000, { orderItemId: first })];
    const [sale] = ledgerOf(factsOf({ order: gone, shopify: shop({ total: 3000 }), settled })).entries;
    expect(sale).toMatchObject({ settlement: 2000, ...different });
  });

  it.each<[string, Partial<LedgerFacts>, string[]]>([
    [
      'on both sides',
      { order: cancelled(), shopify: shop({ cancelledAt: 1, refunds: [refund(2000)] }) },
      ['void -2000 -2000 - in_step void'],
    ],
    [
      'of which Amazon tells no total',
      { order: cancelled(null), shopify: shop({ cancelledAt: 1, refunds: [refund(2000)] }) },
      ['void - -2000 - in_step void'],
    ],
    [
      'that is not cancelled in Shopify',
      { order: cancelled() },
      ['void -2000 0 - different refund_missing_shopify'],
    ],
    [
      'that is cancelled in Shopify alone',
      { order: orderOf(), shopify: shop({ cancelledAt: 1, refunds: [refund(2000)] }) },
      ['void 0 -2000 - different refund_missing_amazon'],
    ],
    [
      'that is cancelled in Shopify alone, and not refunded there',
      { order: orderOf(), shopify: shop({ cancelledAt: 1 }) },
      ['void 0 0 - different refund_missing_amazon'],
    ],
    [
      'of no value that is cancelled in Shopify alone',
      { order: orderOf({ total: money(0) }), shopify: shop({ total: 0, cancelledAt: 1 }) },
      ['void 0 0 - different refund_missing_amazon'],
    ],
    [
      'of no value',
      { order: cancelled(0), shopify: shop({ total: 0, cancelledAt: 1 }) },
      ['void - 0 - in_step void'],
    ],
    [
      'that an all-orders report tells of, and that is not refunded in Shopify',
      { order: orderOf(), reportedCancelled: true, shopify: shop({ cancelledAt: 1 }) },
      ['void -2000 0 - different refund_missing_shopify'],
    ],
    [
      'that an all-orders report tells of',
      {
        order: orderOf(),
        reportedCancelled: true,
        shopify: shop({ cancelledAt: 1, refunds: [refund(2000)] }),
      },
      ['void -2000 -2000 - in_step void'],
    ],
    [
      'that a settlement charges',
      {
        order: cancelled(),
        shopify: shop({ cancelledAt: 1, refunds: [refund(2000)] }),
        settled: [row(2000)],
      },
      ['void -2000 -2000 2000 different settlement'],
    ],
    ['that never came in', { order: cancelled(), shopify: null }, []],
  ])('REP-2: a void %s', (_name, facts, entries) => {
    expect(told(facts)).toEqual(entries);
  });

  it('REP-2: a cancelled line is a void beside what was charged, whether Amazon’s total holds it or not', () => {
    const gone = amazonOrderItemId('147645420374962');
    const lines = [
      lineOf({ quantityFulfilled: 1 }),
      lineOf({ orderItemId: gone, cancelled: { by: 'MERCHANT', reason: null } }),
    ];
    const refunds = [refund(2000, { lines: [{ item: gone, amount: 2000 }] })];
    const entries = ['sale 2000 2000 - in_step -', 'void -2000 -2000 - in_step void'];
    for (const total of [2000, 4000]) {
      const order = shipped({ total: money(total), lines });
      expect(told({ order, shopify: shop({ total: 4000, refunds }) })).toEqual(entries);
      expect(told({ order, shopify: shop({ total: 4000 }) })).toEqual([
        entries[0],
        'void -2000 0 - different refund_missing_shopify',
      ]);
    }
  });

  it('REP-1: what may still be Amazon’s lateness waits for 48 hours of its data', () => {
    const [, entry] = ledgerOf(factsOf({ shopify: shop({ refunds: [refund(500)] }) })).entries;
    if (!entry) throw new Error('no entry');
    const until = orderedAt + 72 * hour;
    expect(entry.waitsUntil).toBe(until);
    expect(seenEntry(entry, until - 1)).toEqual({ state: 'waiting', class: 'waiting' });
    expect(seenEntry(entry, until)).toEqual({ state: 'different', class: 'refund_missing_amazon' });
    expect(worstState(['in_step', 'waiting', 'not_known'])).toBe('not_known');
    expect(worstState([])).toBe('in_step');
  });

  it('REP-1: a refund of our own is one with Amazon’s and with the settlement’s by its numbers', () => {
    const items = [
      { orderItemId: '147645420374961', adjustmentId: 'adj-1', components: { principal: 500 } },
    ] as const;
    const command: Command<'refund_amazon'> = {
      id: '1',
      key: `refund_amazon:${orderId}:refund:1`,
      kind: 'refund_amazon',
      state: 'accepted',
      attempt: 1,
      sentAt: orderedAt + 20 * hour,
      args: { reason: 'GeneralAdjustment', currency: 'USD', items },
      ...{ endedAt: null, refusal: null, notBefore: null, provedAt: null, job: null },
    };
    const facts = factsOf({
      commands: [command],
      moves: [back(500, { transactionId: 'T2' }), back(500)],
      shopify: shop({ refunds: [refund(500)] }),
      settled: [
        row(-500, { line: 8, adjustmentId: '77' }),
        row(-500, { line: 9, adjustmentId: '78', ownAdjustmentId: 'adj-1' }),
      ],
    });
    const { entries, matched } = ledgerOf(facts);
    expect(
      entries.filter(({ kind }) => kind === 'refund').map(({ state, settlement }) => [state, settlement]),
    ).toEqual([
      ['in_step', -500],
      ['different', -500],
    ]);
    expect(matched.map(({ line, to }) => [line, to])).toEqual([
      [8, 'refund:T1'],
      [9, 'own:adj-1'],
    ]);
  });

  it('REP-3: what a person refunded in the app keeps the name of their choice, whichever side shows it', () => {
    const key = `refund_amazon:${orderId}:choice:5`;
    const items = [{ orderItemId: '147645420374961', adjustmentId: 'adj-1', components: { principal: 500 } }];
    const command: Command<'refund_amazon'> = {
      ...{
        id: '1',
        key,
        kind: 'refund_amazon',
        state: 'accepted',
        attempt: 1,
        sentAt: orderedAt + 20 * hour,
      },
      args: { reason: 'GeneralAdjustment', currency: 'USD', items },
      ...{ endedAt: null, refusal: null, notBefore: null, provedAt: null, job: null },
    };
    const commands = [command];
    const own = refund(500, { key: `refund_shopify:${orderId}:choice:5` });
    const seen = (changes: Partial<LedgerFacts>) =>
      ledgerOf(factsOf({ commands, ...changes }))
        .entries.slice(1)
        .map((one) => [one.key, one.class]);
    expect(seen({ moves: [back(500)] })).toEqual([['refund:choice:5', 'refund_missing_shopify']]);
    expect(seen({ shopify: shop({ refunds: [own] }) })).toEqual([
      ['refund:choice:5', 'refund_missing_amazon'],
    ]);
    expect(seen({ moves: [back(500)], shopify: shop({ refunds: [own] }) })).toEqual([
      ['refund:choice:5', null],
    ]);
  });

  it('REP-3: every class has a fix that its problems know', () => {
    for (const kind of ledgerKinds)
      for (const why of ledgerClasses) {
        for (const [problem, choice] of Object.entries(
          fixOf({ kind, state: 'different', class: why }).problems,
        )) {
          expect(problemTones).toHaveProperty(problem);
          if (choice != null) expect(choicesFor(problem as ProblemKind)).toHaveProperty(choice);
        }
      }
    expect(fixOf({ kind: 'fee', state: 'in_step', class: 'fees' }).look).toBe(false);
  });

  it('REP-3: a problem belongs to the entry that it names; one of the whole order to each', () => {
    const entry = (kind: 'sale' | 'void' | 'refund', key: string = kind) => ({ kind, key });
    const fits: readonly (readonly [ReturnType<typeof entry>, readonly string[], readonly string[]])[] = [
      [entry('sale'), ['', 'USD', 'order'], ['move:T1']],
      [
        entry('void'),
        ['', 'cancel', 'rest', 'line:7', '7'],
        ['move:T1', 'refund:1', 'choice:1', 'fulfillment:1'],
      ],
      [entry('refund', 'refund:T1'), ['', 'USD', 'move:T1'], ['move:T2', 'move:1', 'rest', 'line:7']],
      [entry('refund', 'refund:shopify:71'), ['71', 'refund:71'], ['1', 'refund:1', 'choice:1', 'rest']],
      [entry('refund', 'refund:choice:5'), ['choice:5'], ['choice:15', 'move:T1']],
      [entry('refund', 'refund:settlement:S1:T9:USD'), [''], ['move:T9']],
    ];
    for (const [one, own, others] of fits) {
      for (const subject of own) expect(isAbout(one, subject), `${one.key} ${subject}`).toBe(true);
      for (const subject of others) expect(isAbout(one, subject), `${one.key} ${subject}`).toBe(false);
    }
  });
});
