import { z } from 'zod';
import { addChoice } from '../../app/db/choices.ts';
import { answerSubject } from '../../app/domain/choice.ts';
import { amazonOrderId } from '../../app/domain/ids.ts';
import type { ProblemKind } from '../../app/domain/problem.ts';
import { choicesFor } from '../../app/domain/problem-choices.ts';
import { apiVersion } from '../../app/shopify/api-version.ts';
import { chooseCancel } from '../../app/sync/choose-cancel.ts';
import { chooseDecline } from '../../app/sync/choose-decline.ts';
import { chooseLines } from '../../app/sync/choose-lines.ts';
import { chooseRefund } from '../../app/sync/choose-refund.ts';
import { chooseUnmark } from '../../app/sync/choose-unmark.ts';
import { knock } from '../../app/sync/knock.ts';
import { recordInformal } from '../../app/sync/record-informal.ts';
import { setSettings } from '../../app/sync/change-settings.ts';
import { solveProblem } from '../../app/sync/solve.ts';
import { takeBack } from '../../app/sync/take-back.ts';
import type { DealingStep } from './dealing-steps.ts';
import { copiesOf } from './shopify-side.ts';
import { seller, shop, type ModelWorld } from './world.ts';

const order = z.object({
  id: z.string(),
  cancelledAt: z.string().nullable(),
  displayFulfillmentStatus: z.string(),
  totalPriceSet: z.object({ presentmentMoney: z.object({ amount: z.string(), currencyCode: z.string() }) }),
  totalRefundedSet: z.object({ presentmentMoney: z.object({ amount: z.string() }) }),
  refunds: z.array(
    z.object({
      note: z.string().nullable(),
      totalRefundedSet: z.object({ presentmentMoney: z.object({ amount: z.string() }) }),
    }),
  ),
  fulfillments: z.array(
    z.object({
      status: z.string(),
      fulfillmentLineItems: z.object({ nodes: z.array(z.object({ quantity: z.number() })) }),
    }),
  ),
  transactions: z.array(
    z.object({ id: z.string(), kind: z.string(), gateway: z.string(), status: z.string() }),
  ),
});

/** Calls Shopify as staff do; throws where it does not understand. */
export async function staff(
  { shopifyOrigin }: ModelWorld,
  query: string,
  variables: object,
): Promise<unknown> {
  const response = await fetch(`${shopifyOrigin}/admin/api/${apiVersion}/graphql.json`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'X-Shopify-Shop-Domain': shop,
      'X-Shopify-Access-Token': 'staff',
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const { data } = z.object({ data: z.record(z.string(), z.unknown()).nullish() }).parse(JSON.parse(text));
  if (!data) throw new Error(`The pretend Shopify did not take what staff did: ${text}`);
  return data;
}

/** The order in Shopify as it is now; null where it is not there. */
export async function lookInShopify(world: ModelWorld, id: string): Promise<z.infer<typeof order> | null> {
  const [copy] = copiesOf(world.shopify, id);
  if (!copy) return null;
  const query = `query O($id: ID!) { order(id: $id) { id cancelledAt displayFulfillmentStatus totalPriceSet { presentmentMoney { amount currencyCode } }
    totalRefundedSet { presentmentMoney { amount } } refunds { note totalRefundedSet { presentmentMoney { amount } } } fulfillments(first: 20) { status fulfillmentLineItems(first: 10) { nodes { quantity } } } transactions { id kind gateway status } } }`;
  const acting = world.run.peopleAct;
  world.run.peopleAct = true; // What the model looks at by itself is no call of the app's.
  try {
    const found = z.object({ order: order.nullable() }).parse(await staff(world, query, { id: copy.id }));
    return found.order;
  } finally {
    world.run.peopleAct = acting;
  }
}

async function cancelInShopify(world: ModelWorld, id: string, refund: boolean): Promise<void> {
  const found = await lookInShopify(world, id);
  if (!found || found.cancelledAt !== null) return;
  const method = refund ? { refundMethod: { originalPaymentMethodsRefund: true } } : {};
  const query = `mutation C($id: ID!, $refundMethod: OrderCancelRefundMethodInput) {
    orderCancel(orderId: $id, reason: CUSTOMER, restock: true, notifyCustomer: false, refundMethod: $refundMethod) { orderCancelUserErrors { message } } }`;
  await staff(world, query, { id: found.id, ...method });
}

async function refundInShopify(world: ModelWorld, id: string, share: number): Promise<void> {
  const found = await lookInShopify(world, id);
  if (!found) return;
  const { amount, currencyCode } = found.totalPriceSet.presentmentMoney;
  const left = Number(amount) - Number(found.totalRefundedSet.presentmentMoney.amount);
  const decimals = currencyCode === 'JPY' ? 0 : 2;
  const part = share >= 1 ? left : Math.min(left, Number(amount) * share);
  await giveBack(world, found, part.toFixed(decimals));
}

/** Staff refund an amount (decimal text) on the payment that stands for Amazon's. */
async function giveBack(world: ModelWorld, found: z.infer<typeof order>, wanted: string): Promise<void> {
  const sale = found.transactions.find(({ kind, status }) => kind === 'SALE' && status === 'SUCCESS');
  if (!sale || Number(wanted) <= 0) return;
  const { currencyCode } = found.totalPriceSet.presentmentMoney;
  const query = `mutation R($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) { userErrors { message } } }`;
  const transactions = [
    { orderId: found.id, kind: 'REFUND', gateway: sale.gateway, amount: wanted, parentId: sale.id },
  ];
  await staff(world, query, {
    input: { orderId: found.id, notify: false, currency: currencyCode, transactions },
    key: crypto.randomUUID(),
  });
}

/** In Seller Central: some of the first line's principal goes back. What Amazon refuses does not happen. */
function refundOnAmazon(
  { amazon, run }: ModelWorld,
  id: string,
  pick: number,
  claim: boolean,
): string | null {
  const shown = amazon.show(seller, id)?.order;
  const items = shown?.['orderItems'] as
    | {
        orderItemId: string;
        product?: { price?: { unitPrice?: { amount: string; currencyCode: string } } };
      }[]
    | undefined;
  const line = items?.[0];
  const price = line?.product?.price?.unitPrice;
  if (!line || !price) return null;
  const amount = (Number(price.amount) / (pick + 2)).toFixed(price.currencyCode === 'JPY' ? 0 : 2);
  run.refundedByOthers.add(id);
  if (claim) amazon.claim(seller, id, { kind: 'a-to-z', amount });
  else amazon.refund(seller, id, { items: [{ orderItemId: line.orderItemId, principal: amount }] });
  return amount;
}

/** The same amount goes back in Seller Central and in Shopify: one refund, or two? */
async function refundOnBoth(world: ModelWorld, id: string, pick: number): Promise<void> {
  const amount = refundOnAmazon(world, id, pick, false);
  const found = amount === null ? null : await lookInShopify(world, id);
  if (amount === null || !found) return;
  await giveBack(world, found, amount);
}

/** A person writes down that the buyer's message asks for the first line, or for all of them. */
async function recordMessage(world: ModelWorld, id: string, pick: number): Promise<void> {
  const { amazon, run, services } = world;
  const items = (amazon.show(seller, id)?.order['orderItems'] ?? []) as { orderItemId: string }[];
  const all = items.map(({ orderItemId }) => orderItemId);
  const lines = pick % 2 === 0 ? null : all.slice(0, 1);
  const wish = { lines, why: 'wrong', hold: true, by: 'staff' } as const;
  const made = await recordInformal(services[0], shop, amazonOrderId(id), wish);
  if (made.ok && made.outcome === 'chosen')
    run.claimed.set(id, new Set([...(run.claimed.get(id) ?? []), ...(lines ?? all)]));
}

/** What the page and the command line offer for one of an order's problems. */
async function solve(world: ModelWorld, id: string, pick: number): Promise<void> {
  const { database, services } = world;
  const open = await database.owner<{ id: string; kind: ProblemKind }>(
    'select id, kind from problem where amazon_order_id = $1 and closed_at is null order by kind, subject',
    [id],
  );
  const problem = open[pick % open.length];
  if (!problem) return;
  const offered = Object.entries(choicesFor(problem.kind)).filter(
    ([, { does, needs }]) => does !== 'close' && ['reason', 'checked', 'carrier', undefined].includes(needs),
  );
  const [choice, solution] = offered[pick % offered.length] ?? [];
  if (choice === undefined) return;
  const value = solution?.needs === 'reason' ? 'NoInventory' : solution?.needs === 'carrier' ? 'UPS' : null;
  await solveProblem(services[0], shop, {
    ...{ problem: { id: problem.id }, choice, value, note: 'So it is.', checked: true, by: 'staff' },
  });
}

/** Nothing is to be sent from now on, or may be again. */
export async function dryRun({ run, services }: ModelWorld, on: boolean): Promise<void> {
  run.dryRun = on;
  await services[0].db.forShop(shop, (tx) => setSettings(tx, shop, { dryRun: on }, 'staff'));
}

/** A person answers one of an order's open problems, with one of the answers that lead somewhere. */
const answers: Readonly<Record<string, readonly (readonly [string, string | null])[]>> = {
  no_refund_in_shopify: [['record', null]],
  customer_without_request: [['reason', 'NoInventory']],
  reason_not_mapped: [['reason', 'GeneralAdjustment']],
  stop_parcel: [
    ['stopped', null],
    ['gone', null],
  ],
  refused_other: [['again', null]],
  cancel_unsure_decide: [['again', null]],
  cancelled_shopify_shipped: [['no_refund', null]],
  quarantined: [
    ['send', null],
    ['drop', null],
  ],
  refund_twice_risk: [['send_now', null]],
  equal_refund_both: [
    ['same', null],
    ['two', null],
  ],
  refund_before_ship: [['after_shipping', null]],
  refund_does_not_fit: [
    ['fitting', null],
    ['nothing', null],
  ],
};

async function answer({ clock, database, services }: ModelWorld, id: string, pick: number): Promise<void> {
  const open = await database.owner<{ kind: string; subject: string }>(
    'select kind, subject from problem where amazon_order_id = $1 and closed_at is null order by kind, subject',
    [id],
  );
  const known = open.filter(({ kind }) => answers[kind] !== undefined);
  const problem = known[pick % known.length];
  const choices = problem && answers[problem.kind];
  const [choice, value] = choices?.[pick % choices.length] ?? [];
  if (!problem || choice === undefined) return;
  await services[0].db.forShop(shop, async (tx) => {
    const at = clock.now();
    const subject = answerSubject(problem.kind, problem.subject);
    const args = { choice, value: value ?? null };
    await addChoice(tx, shop, {
      ...{ order: amazonOrderId(id), kind: 'answer', subject, args, by: 'staff', at, undoUntil: at },
    });
    await knock(tx, shop, seller, [amazonOrderId(id)], { wanted: true });
  });
}

/** Lets a person decide something; what a guard or a service refuses does not happen. */
export async function doDeed(world: ModelWorld, { deed, which, pick }: DealingStep): Promise<void> {
  const { run, services } = world;
  const id = run.placed[which % run.placed.length]?.id;
  if (id === undefined) return;
  const one = amazonOrderId(id);
  run.peopleAct = true;
  try {
    switch (deed) {
      case 'approve':
      case 'approve-with-reason': {
        const reason = deed === 'approve' ? null : 'NoInventory';
        const wanted = {
          amount: 'full',
          reason,
          restock: pick % 2 === 0,
          free: true,
          preview: false,
          by: 'staff',
        } as const;
        await chooseCancel(services[0], shop, one, wanted);
        return;
      }
      case 'undo':
        await takeBack(services[0], shop, one, 'staff');
        return;
      case 'cancel-in-shopify':
        await cancelInShopify(world, id, true);
        return;
      case 'cancel-in-shopify-without-refund':
        await cancelInShopify(world, id, false);
        return;
      case 'refund-in-shopify':
        await refundInShopify(world, id, 1 / (pick + 2));
        return;
      case 'refund-all-in-shopify':
        await refundInShopify(world, id, 1);
        return;
      case 'refund-on-amazon':
        refundOnAmazon(world, id, pick, false);
        return;
      case 'claim-on-amazon':
        refundOnAmazon(world, id, pick, true);
        return;
      case 'refund-on-both':
        await refundOnBoth(world, id, pick);
        return;
      case 'refund-here': {
        const typed = { amount: (5 / (pick + 1)).toFixed(2) };
        const wanted = { typed, restock: false, checked: true, preview: false, by: 'staff' } as const;
        await chooseRefund(services[0], shop, one, wanted);
        return;
      }
      case 'decline':
        await chooseDecline(services[0], shop, one, { by: 'staff', preview: false });
        return;
      case 'record-message':
        await recordMessage(world, id, pick);
        return;
      case 'remove-mark':
        await chooseUnmark(services[0], shop, one, 'staff');
        return;
      case 'cancel-lines':
        await chooseLines(services[0], shop, one, 'staff');
        return;
      case 'answer':
        await answer(world, id, pick);
        return;
      case 'solve':
        await solve(world, id, pick);
        return;
      case 'dry-run-on':
      case 'dry-run-off':
        await dryRun(world, deed === 'dry-run-on');
    }
  } finally {
    run.peopleAct = false;
  }
}
