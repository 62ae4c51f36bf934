import { describe, expect, it } from 'vitest';
import {
  answered,
  booksOf,
  bulbItem,
  fulfilCommand,
  fulfilled,
  lampItem,
  ofFour,
  parcelOf,
  shipCase,
  shipCommand,
} from '../../test/samples/shipments.ts';
import { foundOrder, lineOf, orderOf } from '../../test/samples/orders.ts';
import { sampleNow, toOwn } from '../../test/samples/situations.ts';
import type { CommandState } from './command.ts';
import type { Dealing } from './dealing.ts';
import { decideShipment } from './decide-shipment.ts';
import { packageReference } from './package-reference.ts';
import { settingsSchema } from './settings.ts';

const own = (n: number) => packageReference(`gid://shopify/Fulfillment/${String(n)}`);
const told = ({ send, plan }: Dealing) =>
  [...send, ...plan].flatMap((one) => (one.kind === 'ship_amazon' ? [one] : []));
const unitsTold = (one: Dealing) =>
  told(one).map(({ args }) =>
    Object.fromEntries(args.items.map(({ orderItemId, quantity }) => [orderItemId, quantity])),
  );
const kinds = ({ problems }: Dealing) => problems.map(({ kind }) => kind);
const keys = ({ fitting }: Dealing) => fitting.map(({ key }) => key);

describe('FUL-1: a fulfilment becomes a parcel on Amazon', () => {
  it('with its own reference, Amazon’s carrier, the number without blanks, its time and its units', () => {
    const at = sampleNow - 60_000;
    const one = fulfilled(71, { L1: 2, L2: 1, L3: 1, GIFT: 1 }, ['  AB 1 '], {
      tracking: [{ number: '  AB 1 ', company: 'UPS Ground' }],
    });
    const dealt = decideShipment(shipCase({ books: booksOf([one]) }));
    expect(dealt).toMatchObject({
      plan: [],
      problems: [],
      explains: true,
      facts: [{ key: 'fulfillment:71' }],
    });
    expect(told(dealt)).toEqual([
      {
        kind: 'ship_amazon',
        key: 'ship_amazon:902-0000001-0000001:71:0',
        from: null,
        args: {
          by: 'call',
          reference: '7100',
          carrierCode: 'UPS',
          carrierName: null,
          tracking: 'AB 1',
          shippedAt: at,
          items: [
            { orderItemId: lampItem, quantity: 3 },
            { orderItemId: bulbItem, quantity: 1 },
          ],
        },
      },
    ]);
  });

  it('in bulk where more than a hundred orders wait', () => {
    const books = booksOf([fulfilled(71, { L1: 1 })]);
    const dealt = decideShipment(shipCase({ books, situation: { crowded: true } }));
    expect([dealt.send, dealt.plan.map(({ args }) => args)]).toEqual([
      [],
      [expect.objectContaining({ by: 'feed', tracking: expect.any(String) as string })],
    ]);
  });

  it('by the merchant’s own map of carriers first', () => {
    const settings = settingsSchema.parse({ carriers: 'UPS=DPD,Moon=Other:Moon Post' });
    const moon = fulfilled(72, { L3: 1 }, [], { tracking: [{ number: 'M', company: 'Moon' }] });
    const dealt = decideShipment(
      shipCase({ books: booksOf([fulfilled(71, { L1: 1 }), moon]), situation: { settings } }),
    );
    expect(told(dealt).map(({ args }) => [args.carrierCode, args.carrierName])).toEqual([
      ['DPD', null],
      ['Other', 'Moon Post'],
    ]);
  });

  it.each(['CANCELLED', 'ERROR', 'FAILURE'])('not one that is %s', (status) => {
    const dealt = decideShipment(shipCase({ books: booksOf([fulfilled(71, { L1: 1 }, ['A'], { status })]) }));
    expect(told(dealt)).toEqual([]);
  });

  it('only by what Amazon shows now', () => {
    const dealt = decideShipment(shipCase({ books: booksOf([fulfilled(71, { L1: 1 })]), askedAt: null }));
    expect([told(dealt), dealt.dueAgain[0]]).toEqual([[], { at: sampleNow + 1_000, reason: 'slot' }]);
  });

  it('IMP-9: not of an order of another app before a person confirms; then by its SKUs', () => {
    const link = { ...toOwn, adopted: true };
    const lines = booksOf([fulfilled(71, { L1: 2, GIFT: 1 })]);
    const books = { ...lines, lines: lines.lines.map((line) => ({ ...line, orderItemId: null })) };
    expect(told(decideShipment(shipCase({ books, situation: { link } })))).toEqual([]);
    const choices = [answered('adopted_confirm', '', 'concord')];
    expect(unitsTold(decideShipment(shipCase({ books, situation: { link, choices } })))).toEqual([
      { [lampItem]: 3 },
    ]);
  });

  it('not of a cancelled order: what waits there is recalled', () => {
    const commands = [shipCommand(71, { [lampItem]: 1 }, { state: 'planned' })];
    const dealt = decideShipment(
      shipCase({
        order: ofFour({ status: 'cancelled' }),
        books: booksOf([fulfilled(71, { L1: 1 })]),
        situation: { commands },
      }),
    );
    expect([told(dealt), dealt.events]).toEqual([[], [{ key: commands[0]?.key, event: 'recalled' }]]);
  });

  it('IMP-13: a programme says whether: not, or only after a person', () => {
    const of = (programme: string, choices: ReturnType<typeof answered>[] = []) =>
      decideShipment(
        shipCase({
          order: ofFour({ programmes: [programme] }),
          books: booksOf([fulfilled(71, { L1: 1 })]),
          situation: { choices },
        }),
      );
    expect(of('IN_STORE_PICK_UP')).toMatchObject({ send: [], problems: [], explains: true });
    expect(of('PRIME')).toMatchObject({ send: [], problems: [{ kind: 'ship_ask', subject: '71' }] });
    expect(told(of('PRIME', [answered('ship_ask', '71', 'send')]))).toHaveLength(1);
    expect(of('PRIME', [answered('ship_ask', '71', 'not_send')])).toMatchObject({ send: [], problems: [] });
  });
});

describe('FUL-1: without a number', () => {
  const none = (ago: number, choice: string | null = null) =>
    decideShipment(
      shipCase({
        books: booksOf([fulfilled(71, { L1: 1 }, [], { at: sampleNow - ago })]),
        situation: {
          choices: choice === null ? [] : [answered('tracking_missing', '71', choice)],
          facts: [{ key: 'fulfillment:71', happenedAt: 0, seenAt: 0, quarantine: '' }],
        },
      }),
    );
  const day = 24 * 3_600_000;

  it('it waits for a set time, and then goes with a batch', () => {
    expect(none(day - 1)).toMatchObject({ plan: [], problems: [{ kind: 'tracking_missing' }] });
    expect(none(day - 1).dueAgain).toContainEqual({ at: sampleNow + 1, reason: 'looking' });
    expect(none(day)).toMatchObject({
      send: [],
      plan: [{ args: { by: 'feed', tracking: null }, provedAt: sampleNow - 1000, notBefore: null }],
      problems: [],
    });
  });

  it('a person sends it at once, or says that a number comes', () => {
    expect(told(none(1000, 'without'))).toHaveLength(1);
    expect(none(3 * day, 'add')).toMatchObject({ plan: [], problems: [] });
  });

  it('FUL-2: a number that comes while it waits for a batch goes by a call, under the same key', () => {
    const args = { ...shipCommand(71, { [lampItem]: 1 }).args, by: 'feed', tracking: null } as const;
    const commands = [shipCommand(71, { [lampItem]: 1 }, { state: 'planned', args })];
    const dealt = decideShipment(
      shipCase({ books: booksOf([fulfilled(71, { L1: 1 })]), situation: { commands } }),
    );
    expect(dealt.send).toMatchObject([{ key: commands[0]?.key, from: 'planned', args: { by: 'call' } }]);
  });

  it('PRO-4: one whose batch came to nothing goes with another, a while later', () => {
    const args = {
      ...shipCommand(71, { [lampItem]: 1 }).args,
      by: 'feed',
      tracking: null,
      carrierCode: null,
    } as const;
    const lost = (ago: number) => {
      const one = shipCommand(71, { [lampItem]: 1 }, { state: 'unsure', args, endedAt: sampleNow - ago });
      const books = booksOf([fulfilled(71, { L1: 1 }, [])]);
      return decideShipment(shipCase({ books, situation: { commands: [one] } }));
    };
    expect(lost(9_999)).toMatchObject({ plan: [], dueAgain: [{ at: sampleNow + 1, reason: 'backoff' }, {}] });
    expect(lost(10_000).plan).toMatchObject([{ from: 'unsure', args }]);
  });

  it('what a batch has is left to its report', () => {
    const args = { ...shipCommand(71, { [lampItem]: 1 }).args, by: 'feed' } as const;
    const commands = [shipCommand(71, { [lampItem]: 1 }, { state: 'sending', args })];
    const dealt = decideShipment(
      shipCase({ books: booksOf([fulfilled(71, { L1: 1 })]), situation: { commands } }),
    );
    expect([told(dealt), dealt.events]).toEqual([[], []]);
  });
});

describe('CAN-12: quarantine', () => {
  it('what is too old at first sight waits for a person, with whether it is in time', () => {
    const books = booksOf([fulfilled(71, { L1: 1 }, ['A'], { at: sampleNow - 25 * 3_600_000 })]);
    const of = (choice: string | null) =>
      decideShipment(
        shipCase({
          books,
          situation: { choices: choice === null ? [] : [answered('quarantined', 'fulfillment:71', choice)] },
        }),
      );
    expect(of(null)).toMatchObject({
      send: [],
      facts: [{ key: 'fulfillment:71', quarantine: 'too_old' }],
      problems: [
        { kind: 'quarantined', subject: 'fulfillment:71', params: { action: 'shipment', whole: 'in_time' } },
      ],
    });
    expect(told(of('send'))).toHaveLength(1);
    expect(of('drop')).toMatchObject({ send: [], problems: [], explains: true });
  });
});

describe('FUL-2: an edit is the next turn of the same parcel', () => {
  const edited = (state: CommandState, number = 'NEW', changes: object = {}) =>
    decideShipment(
      shipCase({
        order: ofFour({ packages: [parcelOf(own(71), { [lampItem]: 1 }, '1Z999AA10123456784')] }),
        books: booksOf([fulfilled(71, { L1: 1 }, [number])]),
        situation: { commands: [shipCommand(71, { [lampItem]: 1 }, { state, ...changes })] },
      }),
    );

  it.each(['accepted', 'confirmed', 'unsure', 'sending'] as const)('after %s', (state) => {
    expect(told(edited(state))).toMatchObject([
      {
        key: 'ship_amazon:902-0000001-0000001:71:1',
        from: null,
        args: { reference: own(71), tracking: 'NEW' },
      },
    ]);
  });

  it('PRO-2: our own echo changes nothing', () => {
    expect(edited('accepted', '1z999aa1 0123456784')).toMatchObject({
      send: [],
      events: [{ event: 'seen' }],
    });
    expect(edited('confirmed', '1Z999AA10123456784')).toMatchObject({
      send: [],
      events: [],
      explains: false,
    });
  });

  it('PRO-3: a missing answer is asked for by the same again', () => {
    const at = (state: CommandState) =>
      decideShipment(
        shipCase({
          books: booksOf([fulfilled(71, { L1: 1 })]),
          situation: { commands: [shipCommand(71, { [lampItem]: 1 }, { state })] },
        }),
      );
    for (const state of ['sending', 'unsure'] as const)
      expect(at(state).send).toMatchObject([{ key: 'ship_amazon:902-0000001-0000001:71:0', from: state }]);
    expect(at('accepted')).toMatchObject({ send: [], explains: true });
    expect(at('accepted').dueAgain).toContainEqual({ at: sampleNow + 30_000, reason: 'looking' });
  });
});

describe('PRO-3 FUL-2: an edit that an earlier turn overtakes', () => {
  const minute = 60_000;
  const never = { earliest: null, latest: null };
  const numbered = (turn: number, tracking: string, changes: Parameters<typeof shipCommand>[2]) => {
    const { args } = shipCommand(71, { [lampItem]: 1 });
    return shipCommand(
      71,
      { [lampItem]: 1 },
      { state: 'confirmed', args: { ...args, tracking }, ...changes },
      turn,
    );
  };
  /** C2 may have come late; C3 was seen on Amazon, which shows this number now. */
  const seen = (
    number: string,
    c2: Parameters<typeof shipCommand>[2],
    c3: Parameters<typeof shipCommand>[2] = {},
  ) =>
    decideShipment(
      shipCase({
        order: ofFour({ shipBy: never, packages: [parcelOf(own(71), { [lampItem]: 1 }, number)] }),
        books: booksOf([fulfilled(71, { L1: 1 }, ['C3'])]),
        situation: {
          commands: [
            numbered(0, 'C1', { sentAt: sampleNow - 60 * minute }),
            numbered(1, 'C2', { sentAt: sampleNow - 6 * minute, ...c2 }),
            numbered(2, 'C3', { sentAt: sampleNow - 5 * minute, endedAt: sampleNow - 5 * minute, ...c3 }),
          ],
        },
      }),
    );
  const lost = [{ state: 'withdrawn' }, { attempt: 2 }] as const;

  it.each(lost)('goes out once more where that one (%j) came after it was seen', (c2) => {
    expect(told(seen('C2', c2))).toMatchObject([
      {
        key: 'ship_amazon:902-0000001-0000001:71:3',
        from: null,
        args: { tracking: 'C3', reference: own(71) },
      },
    ]);
    // What was read before Amazon can show an edit tells nothing yet.
    const soon = { sentAt: sampleNow - minute, endedAt: sampleNow - minute };
    expect(seen('C2', c2, soon)).toMatchObject({ send: [], dueAgain: [{ reason: 'looking' }] });
  });

  it.each(lost)('is looked at once more when that one (%j) can come no more', (c2) => {
    expect(seen('C3', c2)).toMatchObject({
      send: [],
      dueAgain: [{ at: sampleNow + 4 * minute, reason: 'looking' }],
    });
    expect(seen('C3', { ...c2, sentAt: sampleNow - 10 * minute })).toMatchObject({ send: [], dueAgain: [] });
  });

  it('stays as a person changed it on Amazon', () => {
    // Nobody sent it; it was surely done before; it could not have come so late.
    expect(seen('C9', { attempt: 2 }).send).toEqual([]);
    expect(seen('C1', { attempt: 2 }).send).toEqual([]);
    for (const c2 of [{}, { attempt: 2, sentAt: sampleNow - 15 * minute }])
      expect(seen('C2', c2)).toMatchObject({ send: [], dueAgain: [] });
  });
});

describe('FUL-3: several parcels', () => {
  const shipped = (order: Parameters<typeof ofFour>[0], ...books: ReturnType<typeof fulfilled>[]) =>
    decideShipment(shipCase({ order: ofFour(order), books: booksOf(books) }));

  it('never more than what was ordered and other parcels leave', () => {
    const packages = [parcelOf('1', { [lampItem]: 2 })];
    expect(unitsTold(shipped({ packages }, fulfilled(71, { L1: 2, L3: 1 })))).toEqual([
      { [lampItem]: 1, [bulbItem]: 1 },
    ]);
    expect(unitsTold(shipped({}, fulfilled(71, { L1: 2 }), fulfilled(72, { L1: 2 }, ['B'])))).toEqual([
      { [lampItem]: 2 },
      { [lampItem]: 1 },
    ]);
    const all = [parcelOf('1', { [lampItem]: 3, [bulbItem]: 1 })];
    expect(told(shipped({ packages: all }, fulfilled(71, { L1: 2 })))).toEqual([]);
  });

  it('what counts as shipped without a parcel is left alone too', () => {
    const lines = [lineOf({ quantityOrdered: 3, quantityFulfilled: 2, quantityUnfulfilled: 1 })];
    const given = ['FULFILLMENT'] as const;
    expect(unitsTold(shipped({ lines, given }, fulfilled(71, { L1: 2, L2: 1 })))).toEqual([
      { [lampItem]: 1 },
    ]);
  });

  it('several numbers are asked about, and of one unit the first is meant', () => {
    const of = (units: Readonly<Record<string, number>>, choice: string | null = null) =>
      decideShipment(
        shipCase({
          books: booksOf([fulfilled(71, units, ['A', 'B', 'A'])]),
          situation: { choices: choice === null ? [] : [answered('several_numbers', '71', choice)] },
        }),
      );
    expect(of({ L1: 2 })).toMatchObject({
      send: [],
      problems: [{ kind: 'several_numbers', subject: '71', params: { n: 2 } }],
    });
    expect(told(of({ L1: 2 }, 'first'))).toMatchObject([{ args: { tracking: 'A' } }]);
    expect(told(of({ L3: 1 }))).toMatchObject([{ args: { tracking: 'A' } }]);
  });

  describe('several numbers that a person split', () => {
    const ofTwo = [
      { number: 'A', items: [{ orderItemId: lampItem, quantity: 2 }] },
      { number: 'B', items: [{ orderItemId: bulbItem, quantity: 1 }] },
    ];
    const at = sampleNow - 50_000;
    const split = { ...answered('several_numbers', '71', 'split', JSON.stringify(ofTwo)), at };
    const of = (
      commands: readonly ReturnType<typeof shipCommand>[],
      numbers = ['A', 'B'],
      order = ofFour(),
    ) =>
      decideShipment(
        shipCase({
          order,
          books: booksOf([fulfilled(71, { L1: 2, L3: 1 }, numbers)]),
          situation: { choices: [split], commands },
        }),
      );
    const second = (changes: Partial<ReturnType<typeof shipCommand>> = {}) => {
      const one = shipCommand(71, { [bulbItem]: 1 }, changes);
      const args = { ...one.args, reference: '7101', tracking: 'B' };
      return { ...one, id: 'second', key: one.key.replace(':71:', ':71.1:'), args };
    };
    const firstOne = (changes: Partial<ReturnType<typeof shipCommand>> = {}) => {
      const one = shipCommand(71, { [lampItem]: 2 }, changes);
      return { ...one, args: { ...one.args, tracking: 'A' } };
    };

    it('are a parcel each, with a reference of its own', () => {
      const dealt = of([]);
      expect(dealt.problems).toEqual([]);
      expect(told(dealt).map(({ key, args }) => [key, args.reference, args.tracking])).toEqual([
        ['ship_amazon:902-0000001-0000001:71:0', '7100', 'A'],
        ['ship_amazon:902-0000001-0000001:71.1:0', '7101', 'B'],
      ]);
      expect(unitsTold(dealt)).toEqual([{ [lampItem]: 2 }, { [bulbItem]: 1 }]);
    });

    it('are done once Amazon shows both, and a changed number is an edit of its parcel', () => {
      const packages = [parcelOf('7100', { [lampItem]: 2 }, 'A'), parcelOf('7101', { [bulbItem]: 1 }, 'B')];
      const shown = ofFour({ status: 'partially_shipped', packages });
      const both = of([firstOne(), second()], ['A', 'B'], shown);
      expect([told(both), both.problems, both.events.map(({ event }) => event)]).toEqual([
        [],
        [],
        ['seen', 'seen'],
      ]);
      const confirmed = { state: 'confirmed' } as const;
      const edited = of([firstOne(confirmed), second(confirmed)], ['A', 'B2'], shown);
      expect(told(edited)).toMatchObject([
        { key: 'ship_amazon:902-0000001-0000001:71.1:1', args: { reference: '7101', tracking: 'B2' } },
      ]);
    });

    it('stay one parcel where Amazon was told of it as one before', () => {
      const whole = shipCommand(71, { [lampItem]: 2, [bulbItem]: 1 }, { sentAt: at - 1 });
      const dealt = of([{ ...whole, args: { ...whole.args, tracking: 'A' } }]);
      expect([told(dealt), dealt.problems]).toEqual([[], []]);
    });
  });
});

describe('FUL-4: what we entered ourselves is not told back', () => {
  it.each([
    ['its number', 'SC1', []],
    ['the answer to our write', 'OTHER', [fulfilCommand('1', { job: 'gid://shopify/Fulfillment/71' })]],
    ['being alike, without a number', null, []],
  ] as const)('known by %s', (_, number, commands) => {
    const dealt = decideShipment(
      shipCase({
        order: ofFour({ status: 'partially_shipped', packages: [parcelOf('1', { [lampItem]: 1 })] }),
        books: booksOf([fulfilled(71, { L1: 1 }, number === null ? [] : [number])]),
        situation: { commands },
      }),
    );
    expect([told(dealt), kinds(dealt)]).toEqual([[], []]);
  });

  it('by what we sent, where the answer was lost and Amazon gave no parcels', () => {
    const commands = [
      fulfilCommand('units-1', {
        state: 'unsure',
        endedAt: null,
        args: { ...fulfilCommand('1').args, tracking: null },
      }),
    ];
    const lines = [lineOf({ quantityOrdered: 3, quantityFulfilled: 1, quantityUnfulfilled: 2 })];
    const dealt = decideShipment(
      shipCase({
        order: orderOf({ status: 'partially_shipped', lines, given: ['FULFILLMENT'] }),
        books: booksOf([fulfilled(71, { L1: 1 }, [], { at: sampleNow - 20_000 })]),
        situation: { commands },
      }),
    );
    expect([told(dealt), dealt.events]).toEqual([[], [{ key: commands[0]?.key, event: 'seen' }]]);
  });
});

describe('FUL-5: a fulfilment that was taken back', () => {
  const undone = (state: CommandState, choice: string | null = null, changes: object = {}) =>
    decideShipment(
      shipCase({
        order: ofFour({ packages: [parcelOf(own(71), { [lampItem]: 1 }, '1Z999AA10123456784')] }),
        books: booksOf([fulfilled(71, { L1: 1 }, ['1Z999AA10123456784'], { status: 'CANCELLED' })]),
        situation: {
          commands: [shipCommand(71, { [lampItem]: 1 }, { state })],
          choices: choice === null ? [] : [answered('fulfilment_undone', '71', choice)],
        },
        ...changes,
      }),
    );

  it.each(['accepted', 'confirmed', 'unsure'] as const)('is a problem after %s', (state) => {
    expect(undone(state)).toMatchObject({
      send: [],
      problems: [{ kind: 'fulfilment_undone', subject: '71' }],
    });
  });

  it('is nothing where Amazon was never told', () => {
    for (const state of ['planned', 'refused'] as const)
      expect(undone(state, null, { order: ofFour() })).toMatchObject({
        problems: [],
        events: [{ event: 'recalled' }],
      });
  });

  it('a person says that it does not ship', () => {
    expect(kinds(undone('confirmed', 'does_not_ship'))).toEqual([]);
  });

  it('one that takes its place is an edit of the same parcel', () => {
    const old = fulfilled(71, { L1: 1 }, ['1Z999AA10123456784'], { status: 'CANCELLED' });
    const next = fulfilled(72, { L2: 1 }, ['NEXT'], { at: sampleNow - 1000 });
    expect(told(undone('confirmed', null, { books: booksOf([old, next]) }))).toMatchObject([
      { key: 'ship_amazon:902-0000001-0000001:71:1', args: { reference: own(71), tracking: 'NEXT' } },
    ]);
  });
});

describe('what Amazon refused', () => {
  const refused = (
    changes: Partial<Parameters<typeof shipCase>[0]> = {},
    more: object = {},
    text = 'CarrierCode: X is invalid.',
  ) =>
    decideShipment(
      shipCase({
        books: booksOf([fulfilled(71, { L1: 1 })]),
        situation: {
          commands: [
            shipCommand(
              71,
              { [lampItem]: 1 },
              { state: 'refused', refusal: { field: 'InvalidInput', text } },
            ),
          ],
          ...more,
        },
        ...changes,
      }),
    );

  it.each([
    ['CarrierCode: X is invalid.', 'carrier_unknown'],
    ['The quantity 2 is larger.', 'quantity'],
    [
      'Failed to create package … order already fulfilled. Reason: PackageToUpdateNotFound',
      'already_shipped',
    ],
    ['No.', ''],
  ])('is said in its words: %s', (text, why) => {
    expect(refused({}, {}, text).problems).toEqual([
      { kind: 'ship_refused', subject: '71', params: { id: '902-0000001-0000001', text, why } },
    ]);
  });

  it('is sent with another carrier, or left to what Amazon has', () => {
    const corrected = { choices: [answered('ship_refused', '71', 'correct_carrier', 'DPD')] };
    expect(told(refused({}, corrected))).toMatchObject([
      { key: 'ship_amazon:902-0000001-0000001:71:1', args: { carrierCode: 'DPD' } },
    ]);
    const left = refused({}, { choices: [answered('ship_refused', '71', 'use_amazon')] });
    expect([told(left), kinds(left), left.events]).toMatchObject([[], [], [{ event: 'recalled' }]]);
    const commands = [shipCommand(71, { [lampItem]: 1 }, { state: 'withdrawn' })];
    const stays = refused({}, { commands, choices: [answered('ship_refused', '71', 'use_amazon')] });
    expect([told(stays), stays.events]).toEqual([[], []]);
  });

  it('is nothing once Amazon shows the goods as shipped', () => {
    const packages = [parcelOf('1', { [lampItem]: 3, [bulbItem]: 1 })];
    const dealt = refused({ order: ofFour({ status: 'shipped', packages }), linked: foundOrder() });
    expect([told(dealt), kinds(dealt)]).toEqual([[], []]);
  });
});

it('CAN-18 FUL-6: a parcel waits while Amazon may have a cancel, and goes though a request is open', () => {
  const cancel = (state: CommandState, notBefore = 0) =>
    ({
      ...shipCommand(1, {}),
      key: 'cancel_amazon:902-0000001-0000001:c',
      kind: 'cancel_amazon',
      args: { reason: 'NoInventory', orderItemIds: [] },
      state,
      notBefore,
    }) as const;
  const of = (...commands: ReturnType<typeof cancel>[]) =>
    decideShipment(shipCase({ books: booksOf([fulfilled(71, { L1: 1 })]), situation: { commands } }));
  for (const state of ['planned', 'sending', 'unsure', 'accepted'] as const)
    expect([told(of(cancel(state))), keys(of(cancel(state)))[0]]).toEqual([[], 'ship_confirming']);
  expect(told(of(cancel('refused')))).toHaveLength(1);
  expect(told(of(cancel('planned', sampleNow + 1)))).toHaveLength(1);
});
