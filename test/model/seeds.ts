import { usual } from './positions.ts';
import type { Run } from './runs.ts';
import type { Step } from './steps.ts';

const poll: Step = { do: 'work', job: 'poll' };
const drain: Step = { do: 'work', job: 'drain' };
const wait = (ms: number): Step => ({ do: 'wait', ms });

/** Runs that once found a fault, by what it was; written out, so that they stay the same when the generator changes. */
export const keptRuns: readonly { readonly name: string; readonly run: Run }[] = [
  {
    name: 'the buyer cancels while the answer of the create is lost, and its effect comes late',
    run: {
      positions: usual,
      steps: [
        { do: 'place', shapes: ['plain'] },
        wait(155_000),
        {
          do: 'fault',
          fault: {
            service: 'shopify',
            match: { operation: 'orderCreate' },
            kind: 'late-effect',
            ms: 300_000,
          },
        },
        poll,
        { do: 'change', how: 'cancel', which: 0 },
        { do: 'ask', which: 0 },
        drain,
      ],
    },
  },
  {
    name: 'the buyer cancels while the create waits for Shopify’s limit',
    run: {
      positions: usual,
      steps: [
        { do: 'place', shapes: ['plain'] },
        wait(155_000),
        {
          do: 'fault',
          fault: { service: 'shopify', match: { operation: 'orderCreate' }, kind: 'throttle' },
        },
        poll,
        { do: 'change', how: 'cancel', which: 0 },
        { do: 'ask', which: 0 },
        drain,
      ],
    },
  },
  {
    name: 'a person asks for an order while a page that is older than that is in hand',
    run: {
      positions: usual,
      steps: [
        { do: 'place', shapes: ['plain'] },
        wait(155_000),
        // The fourth border: the page is there and not yet taken in.
        { do: 'work', job: 'poll', cut: { at: 4, then: 'stall' } },
        wait(1_000),
        { do: 'ask', which: 0 },
        { do: 'let-go', which: 0 },
      ],
    },
  },
  {
    name: 'a line is asked for after another one that was asked for had been shipped',
    run: {
      positions: usual,
      steps: [
        { do: 'place', shapes: ['twoUnits'] },
        wait(155_000),
        poll,
        { do: 'buyer', how: 'asks', which: 0, lines: 'first', reason: null },
        { do: 'change', how: 'ship-line', which: 0 },
        { do: 'ask', which: 0 },
        drain,
        { do: 'buyer', how: 'asks', which: 0, lines: 'last', reason: 0 },
      ],
    },
  },
  {
    name: 'a report speaks of all lines, Amazon of one, and that one is taken back before the second look',
    run: {
      positions: usual,
      steps: [
        { do: 'place', shapes: ['twoUnits'] },
        wait(155_000),
        poll,
        { do: 'claim', which: 0, source: 'report', about: 'all', ago: null, key: 0 },
        { do: 'buyer', how: 'asks', which: 0, lines: 'first', reason: null },
        drain,
        wait(1_000),
        { do: 'buyer', how: 'takes-back', which: 0, lines: 'first', reason: null },
      ],
    },
  },
  {
    name: 'what Amazon cancelled stays held when the buyer asks for another line',
    run: {
      positions: usual,
      steps: [
        { do: 'place', shapes: ['twoUnits'] },
        wait(155_000),
        poll,
        { do: 'buyer', how: 'asks', which: 0, lines: 'last', reason: null },
        { do: 'ask', which: 0 },
        drain,
        { do: 'change', how: 'cancel-line', which: 0 },
        { do: 'ask', which: 0 },
        drain,
        { do: 'buyer', how: 'asks', which: 0, lines: 'first', reason: null },
      ],
    },
  },
  {
    name: 'the buyer asks and takes it back before a create whose answer was lost is found',
    run: {
      positions: usual,
      steps: [
        { do: 'place', shapes: ['plain'] },
        wait(155_000),
        {
          do: 'fault',
          fault: {
            service: 'shopify',
            match: { operation: 'orderCreate' },
            kind: 'late-effect',
            ms: 119_000,
          },
        },
        poll,
        { do: 'buyer', how: 'asks', which: 0, lines: 'all', reason: 0 },
        { do: 'ask', which: 0 },
        drain,
        wait(1_000),
        { do: 'buyer', how: 'takes-back', which: 0, lines: 'all', reason: null },
        { do: 'ask', which: 0 },
        drain,
        wait(61_000),
        drain,
      ],
    },
  },
  {
    name: 'a person asks for an order that is due already while an older page is in hand',
    run: {
      positions: usual,
      steps: [
        { do: 'place', shapes: ['plain'] },
        wait(155_000),
        poll,
        { do: 'claim', which: 0, source: 'report', about: 'all', ago: null, key: 0 },
        { do: 'change', how: 'ship', which: 0 },
        wait(200_000),
        { do: 'work', job: 'poll', cut: { at: 5, then: 'stall' } },
        wait(1_000),
        { do: 'ask', which: 0 },
        { do: 'let-go', which: 0 },
      ],
    },
  },
];
