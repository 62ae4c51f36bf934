import fc from 'fast-check';
import type { Fault } from '../../app/sandbox/contract.ts';

/** What people do in Shopify with the work on an order. */
const peopleActs = [
  'release',
  'release-own',
  'hold',
  'hold-by-app',
  'ship',
  'ship-one',
  'ship-with-number',
  'other-number',
  'cancel-shipment',
  'split',
  'merge',
  'move',
  'move-one',
  'move-away',
  'request',
  'accept',
  'reject',
  'accept-cancellation',
  'reject-cancellation',
  'take-back',
  'open',
  'progress',
] as const;
export type PeopleAct = (typeof peopleActs)[number];

/** Which lines of an order something is about. */
export type Whose = 'all' | 'first' | 'last';

/** What can happen around buyers' wishes. `which` counts the orders placed so far, round and round. */
export type RequestStep =
  | {
      readonly do: 'buyer';
      readonly how: 'asks' | 'takes-back';
      readonly which: number;
      readonly lines: Whose;
      /** Which of the reasons; null gives none. */
      readonly reason: number | null;
    }
  /** A source beside Amazon's order says that a buyer asked. `odd`: of lines, or of an order, that nobody knows. */
  | {
      readonly do: 'claim';
      readonly which: number;
      readonly source: 'notification' | 'report';
      readonly about: Whose | 'odd-line' | 'odd-order';
      /** So long ago by the source's own time (ms); null: it has none. */
      readonly ago: number | null;
      /** The same number says the same again. */
      readonly key: number;
    }
  | { readonly do: 'people'; readonly act: PeopleAct; readonly which: number; readonly pick: number }
  /** Shopify's news of an order that are none. */
  | { readonly do: 'knock'; readonly which: number };

/** Words of buyers; each holds a word that stands nowhere else. */
export const reasons = [
  'I found it cheaper qzxone',
  '<b>qzxtwo</b> & "quoted"',
  '=HYPERLINK("http://127.0.0.1/qzxthree")',
  'Zwölf Boxkämpfer\n\tqzxfour 🎂',
  `qzxfive ${'very '.repeat(900)}long`,
];

const second = 1_000;
const minute = 60 * second;

const which = fc.nat({ max: 9 });
const reason = fc.option(fc.nat({ max: reasons.length - 1 }));

const lines = fc.constantFrom<Whose>('all', 'first', 'first', 'last');

const buyer: fc.Arbitrary<RequestStep> = fc.record({
  do: fc.constant('buyer'),
  how: fc.constantFrom('asks', 'asks', 'takes-back'),
  which,
  lines,
  reason,
});

const claim: fc.Arbitrary<RequestStep> = fc.record({
  do: fc.constant('claim'),
  which,
  source: fc.constantFrom('notification', 'report'),
  about: fc.constantFrom('all', 'all', 'first', 'last', 'odd-line', 'odd-order'),
  ago: fc.constantFrom(null, 0, second, minute, 10 * minute, 120 * minute),
  key: fc.nat({ max: 3 }),
});

const people: fc.Arbitrary<RequestStep> = fc.record({
  do: fc.constant('people'),
  act: fc.constantFrom(...peopleActs),
  which,
  pick: fc.nat({ max: 2 }),
});

/** One thing that happens around buyers' wishes. */
export const requestStep: fc.Arbitrary<RequestStep> = fc.oneof(
  { weight: 6, arbitrary: buyer },
  { weight: 3, arbitrary: claim },
  { weight: 6, arbitrary: people },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('knock'), which }) },
);

const times = fc.integer({ min: 1, max: 4 });
const writes = [
  'fulfillmentOrderHold',
  'fulfillmentOrderReleaseHold',
  'tagsAdd',
  'tagsRemove',
  'fulfillmentOrderSubmitCancellationRequest',
  'fulfillmentOrderCancel',
] as const;

const writeFault: fc.Arbitrary<Fault> = fc
  .record({
    operation: fc.constantFrom(...writes, 'fulfillmentOrderHold', 'fulfillmentOrderReleaseHold'),
    kind: fc.constantFrom('drop-answer', 'drop-request', 'error', 'throttle', 'late-effect'),
    ms: fc.integer({ min: second, max: 5 * minute }),
    times,
  })
  .map(({ operation, kind, ms, times: n }): Fault => ({
    service: 'shopify',
    match: { operation },
    kind,
    ...(kind === 'late-effect' ? { ms } : { times: n }),
  }));

const newsFault: fc.Arbitrary<Fault> = fc
  .record({
    kind: fc.constantFrom('duplicate-webhook', 'late-webhook', 'lose-webhook'),
    ms: fc.integer({ min: second, max: 30 * minute }),
    times: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ kind, ms, times: n }): Fault => ({
    service: 'shopify',
    match: {},
    kind,
    times: n,
    ...(kind === 'late-webhook' ? { ms } : {}),
  }));

/** Amazon gives an order without what the buyer asked for. */
const blind: fc.Arbitrary<Fault> = fc
  .record({
    operation: fc.constantFrom('searchOrders', 'getOrder', 'getOrder'),
    kind: fc.constantFrom('refuse-data', 'refuse-data', 'error'),
    times: fc.integer({ min: 1, max: 20 }),
  })
  .map(({ operation, kind, times: n }): Fault => {
    const refused = kind === 'refuse-data';
    return {
      service: 'amazon',
      match: { operation: refused ? operation : 'getOrderItems' },
      kind,
      times: n,
      ...(refused ? { value: 'CANCELLATION' } : {}),
    };
  });

/** What goes wrong around holds, marks, news of Shopify's and Amazon's cancellation data. */
export const requestFault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 4, arbitrary: writeFault },
  { weight: 2, arbitrary: newsFault },
  { weight: 2, arbitrary: blind },
  {
    weight: 1,
    arbitrary: fc.constantFrom('order', 'nodes').map((operation): Fault => ({
      service: 'shopify',
      match: { operation },
      kind: 'error',
      times: 2,
    })),
  },
);
