import { expect, it } from 'vitest';
import { orderId } from '../../test/samples/orders.ts';
import { createCommand, sampleNow, shopifyShows, situationOf, toOwn } from '../../test/samples/situations.ts';
import type { Choice } from './choice.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import { cancelAmazonKey } from './money-keys.ts';

const choice: Choice<'cancel'> = {
  id: 'choice-1',
  kind: 'cancel',
  subject: '',
  args: { amount: 3490, reason: 'NoInventory', restock: true },
  state: 'open',
  by: 'staff',
  at: sampleNow - 60_000,
  undoUntil: sampleNow + 60_000,
  endedAt: null,
  outcome: null,
};
const planned: Command<'cancel_amazon'> = {
  id: '2',
  key: cancelAmazonKey(orderId, choice.id),
  kind: 'cancel_amazon',
  state: 'planned',
  attempt: 0,
  args: { reason: 'NoInventory', orderItemIds: [] },
  sentAt: null,
  endedAt: null,
  refusal: null,
  notBefore: choice.undoUntil,
  provedAt: null,
  job: null,
};

it('CAN-4: what waited for a batch for an order that was deleted in Shopify goes nowhere', () => {
  const commands = [createCommand({ state: 'confirmed', endedAt: 0 }), planned];
  const situation = situationOf({
    link: toOwn,
    shopify: shopifyShows(null, []),
    commands,
    choices: [choice],
  });
  expect(decide(situation)).toMatchObject({
    plan: [],
    send: [],
    events: [{ key: planned.key, event: 'recalled' }],
    ends: [{ id: choice.id, state: 'refused', outcome: 'deleted_shopify' }],
    problems: [{ kind: 'order_deleted' }],
    dueAgain: null,
  });
});
