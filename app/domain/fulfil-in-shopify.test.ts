import { expect, it } from 'vitest';
import { foundOrder, lineOf, orderOf } from '../../test/samples/orders.ts';
import { createCommand, sampleNow } from '../../test/samples/situations.ts';
import {
  answered,
  booksOf,
  fulfilCommand,
  fulfilled,
  bulbItem,
  lampItem,
  ofFour,
  parcelOf,
  shipCase,
  shipCommand,
  workOf,
} from '../../test/samples/shipments.ts';
import type { Dealing } from './dealing.ts';
import { decideShipment } from './decide-shipment.ts';
import { packageReference } from './package-reference.ts';

const entered = ({ send }: Dealing) => send.flatMap((one) => (one.kind === 'fulfil_shopify' ? [one] : []));
const whole = workOf('FO1', { L1: 2, L2: 1, L3: 1 });
const order = ofFour({ status: 'partially_shipped', packages: [parcelOf('1', { [lampItem]: 2 })] });

it('FUL-4: a parcel of Amazon’s becomes a fulfilment of its units with its number', () => {
  const dealt = decideShipment(shipCase({ order, work: [whole] }));
  expect(dealt).toMatchObject({ problems: [], explains: true, fitting: [{ key: 'ship_following' }] });
  expect(entered(dealt)).toEqual([
    {
      kind: 'fulfil_shopify',
      key: 'fulfil_shopify:902-0000001-0000001:1:0',
      from: null,
      args: {
        reference: '1',
        tracking: 'SC1',
        company: 'UPS',
        work: [{ fulfillmentOrder: 'FO1', parts: [{ id: 'FO1-L1', quantity: 2 }] }],
      },
    },
  ]);
});

it('FUL-4: work at several places is a fulfilment each, at one place one', () => {
  const all = ofFour({ status: 'shipped', packages: [parcelOf('1', { [lampItem]: 3, [bulbItem]: 1 })] });
  const work = [workOf('A', { L1: 2 }), workOf('B', { L2: 1 }, { location: 'East' }), workOf('C', { L3: 1 })];
  expect(
    entered(decideShipment(shipCase({ order: all, work }))).map(({ key, args }) => [
      key.split(':').at(-1),
      args.work.map(({ fulfillmentOrder }) => fulfillmentOrder),
    ]),
  ).toEqual([
    ['0', ['A', 'C']],
    ['1', ['B']],
  ]);
  // The first is done, the second was lost: it is looked for under its own key.
  const commands = [
    fulfilCommand('1', { job: 'gid://shopify/Fulfillment/1' }),
    fulfilCommand('1', {
      key: 'fulfil_shopify:902-0000001-0000001:1:1',
      state: 'unsure',
      sentAt: sampleNow - 700_000,
      args: { ...fulfilCommand('1').args, work: [{ fulfillmentOrder: 'B', parts: [] }] },
    }),
  ];
  const books = booksOf([fulfilled(1, { L1: 2, L3: 1 }, ['SC1'])]);
  const [, east] = work;
  expect(
    entered(
      decideShipment(shipCase({ order: all, books, work: east ? [east] : [], situation: { commands } })),
    ),
  ).toMatchObject([{ key: 'fulfil_shopify:902-0000001-0000001:1:1', from: 'unsure' }]);
});

it('FUL-4: work that Shopify has not prepared yet is waited for, of an order that was made just now', () => {
  const of = (ago: number) =>
    decideShipment(
      shipCase({
        order,
        work: [],
        situation: { commands: [createCommand({ state: 'confirmed', endedAt: sampleNow - ago })] },
      }),
    );
  expect(of(3_000)).toMatchObject({
    send: [],
    explains: true,
    fitting: [{ key: 'ship_following' }],
    dueAgain: [{ at: sampleNow + 3_000, side: 'shopify' }, { reason: 'ship_by' }],
  });
  expect(of(600_000)).toMatchObject({ send: [], explains: false, dueAgain: [{ reason: 'ship_by' }] });
});

it('PRO-3: after a lost answer it is looked for before it is entered again', () => {
  const at = (sentAt: number) =>
    decideShipment(
      shipCase({
        order,
        work: [whole],
        situation: { commands: [fulfilCommand('1', { state: 'unsure', sentAt })] },
      }),
    );
  expect(at(sampleNow - 20_000)).toMatchObject({
    send: [],
    dueAgain: [{ at: sampleNow + 20_000, reason: 'search_lag' }, { reason: 'ship_by' }],
  });
  expect(entered(at(sampleNow - 600_000))).toMatchObject([{ from: 'unsure' }]);
});

it('PRO-2: what stands in Shopify whole is done', () => {
  const books = booksOf([fulfilled(1, { L1: 2 }, ['SC1'])]);
  const commands = [fulfilCommand('1')];
  expect(decideShipment(shipCase({ order, books, work: [whole], situation: { commands } }))).toMatchObject({
    send: [],
    events: [{ key: commands[0]?.key, event: 'seen' }],
    explains: false,
  });
});

it('FUL-4: units that Amazon counts without a parcel are a fulfilment without a number', () => {
  const lines = [lineOf({ quantityOrdered: 3, quantityFulfilled: 2, quantityUnfulfilled: 1 })];
  const counted = orderOf({ status: 'partially_shipped', lines, given: ['FULFILLMENT'] });
  const dealt = decideShipment(shipCase({ order: counted, work: [whole] }));
  expect(entered(dealt)).toMatchObject([
    { args: { reference: 'units-2', tracking: null, company: null, work: [{ parts: [{ quantity: 2 }] }] } },
  ]);
});

it('FUL-4: held work is not entered: our own hold goes first, another app’s is said', () => {
  const held = (own: boolean) =>
    decideShipment(shipCase({ order, work: [{ ...whole, holds: [{ id: 'h', handle: 'shelf', own }] }] }));
  expect(held(true)).toMatchObject({ send: [], problems: [], explains: true });
  expect(held(false)).toMatchObject({
    send: [],
    problems: [{ kind: 'hold_by_other', subject: 'FO1', params: { app: 'shelf' } }],
  });
});

it('FUL-4: nothing is entered in an order that is cancelled in Shopify, or where Shopify refused it just now', () => {
  const linked = foundOrder({ cancelledAt: sampleNow });
  expect(entered(decideShipment(shipCase({ order, linked, work: [whole] })))).toEqual([]);
  const commands = [fulfilCommand('1', { state: 'refused', args: { ...fulfilCommand('1').args } })];
  expect(decideShipment(shipCase({ order, work: [whole], situation: { commands } }))).toMatchObject({
    explains: false,
    send: [],
    dueAgain: [{ reason: 'backoff' }, { reason: 'ship_by' }],
  });
});

it('FUL-5: our own fulfilment that somebody cancelled is not made again before a person says so', () => {
  const books = booksOf([fulfilled(9, { L1: 2 }, ['SC1'], { status: 'CANCELLED' })]);
  const commands = [fulfilCommand('1', { state: 'confirmed', job: 'gid://shopify/Fulfillment/9' })];
  const of = (choice: string | null) =>
    decideShipment(
      shipCase({
        order,
        books,
        work: [whole],
        situation: {
          commands,
          choices: choice === null ? [] : [answered('fulfilment_undone', '1', choice)],
        },
      }),
    );
  expect(of(null)).toMatchObject({ send: [], problems: [{ kind: 'fulfilment_undone', subject: '1' }] });
  expect(entered(of('still_ships'))).toMatchObject([
    { key: 'fulfil_shopify:902-0000001-0000001:1:1', from: null },
  ]);
});

it('FUL-5: a fulfilment of staff that Amazon was told of is made again where it still ships', () => {
  const reference = packageReference('gid://shopify/Fulfillment/71');
  const dealt = decideShipment(
    shipCase({
      order: ofFour({ packages: [parcelOf(reference, { [lampItem]: 1 }, '1Z999AA10123456784')] }),
      books: booksOf([fulfilled(71, { L1: 1 }, [], { status: 'CANCELLED' })]),
      work: [whole],
      situation: {
        commands: [shipCommand(71, { [lampItem]: 1 }, { state: 'confirmed' })],
        choices: [answered('fulfilment_undone', '71', 'still_ships')],
      },
    }),
  );
  expect(entered(dealt)).toMatchObject([
    {
      args: {
        reference,
        tracking: '1Z999AA10123456784',
        company: 'UPS',
        work: [{ parts: [{ quantity: 1 }] }],
      },
    },
  ]);
});
