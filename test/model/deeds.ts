import { z } from 'zod';
import { addChoice } from '../../app/db/choices.ts';
import { answerSubject } from '../../app/domain/choice.ts';
import { amazonOrderId } from '../../app/domain/ids.ts';
import { apiVersion } from '../../app/shopify/api-version.ts';
import { chooseCancel } from '../../app/sync/choose-cancel.ts';
import { knock } from '../../app/sync/knock.ts';
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
  const { data } = z
    .object({ data: z.record(z.string(), z.unknown()).nullish() })
    .parse(await response.json());
  if (!data) throw new Error('The pretend Shopify did not take what staff did.');
  return data;
}

/** The order in Shopify as it is now; null where it is not there. */
export async function lookInShopify(world: ModelWorld, id: string): Promise<z.infer<typeof order> | null> {
  const [copy] = copiesOf(world.shopify, id);
  if (!copy) return null;
  const query = `query O($id: ID!) { order(id: $id) { id cancelledAt displayFulfillmentStatus totalPriceSet { presentmentMoney { amount currencyCode } }
    totalRefundedSet { presentmentMoney { amount } } refunds { note totalRefundedSet { presentmentMoney { amount } } } transactions { id kind gateway status } } }`;
  const found = z.object({ order: order.nullable() }).parse(await staff(world, query, { id: copy.id }));
  return found.order;
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
  const sale = found?.transactions.find(({ kind, status }) => kind === 'SALE' && status === 'SUCCESS');
  if (!found || !sale) return;
  const { amount, currencyCode } = found.totalPriceSet.presentmentMoney;
  const left = Number(amount) - Number(found.totalRefundedSet.presentmentMoney.amount);
  const decimals = currencyCode === 'JPY' ? 0 : 2;
  const part = share >= 1 ? left : Math.min(left, Number(amount) * share);
  const wanted = part.toFixed(decimals);
  if (Number(wanted) <= 0) return;
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
function refundOnAmazon({ amazon }: ModelWorld, id: string, pick: number, claim: boolean): void {
  const shown = amazon.show(seller, id)?.order;
  const items = shown?.['orderItems'] as
    | {
        orderItemId: string;
        product?: { price?: { unitPrice?: { amount: string; currencyCode: string } } };
      }[]
    | undefined;
  const line = items?.[0];
  const price = line?.product?.price?.unitPrice;
  if (!line || !price) return;
  const amount = (Number(price.amount) / (pick + 2)).toFixed(price.currencyCode === 'JPY' ? 0 : 2);
  if (claim) amazon.claim(seller, id, { kind: 'a-to-z', amount });
  else amazon.refund(seller, id, { items: [{ orderItemId: line.orderItemId, principal: amount }] });
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
      case 'answer':
        await answer(world, id, pick);
    }
  } finally {
    run.peopleAct = false;
  }
}
