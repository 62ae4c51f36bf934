import { noticeFacts } from '../db/notices.ts';
import { orderRow } from '../db/order-list.ts';
import { openProblemsOf } from '../db/problems.ts';
import { listedRequestsOf } from '../db/request-row.ts';
import type { Tx } from '../db/client.ts';
import { amazonOrderId, type ShopDomain } from '../domain/ids.ts';
import { marketplace } from '../domain/marketplaces.ts';
import { toDecimal } from '../domain/money.ts';
import { problemTones, type ProblemKind } from '../domain/problem.ts';
import type { Vault } from '../lib/crypto.ts';
import type { FlowTrigger } from '../shopify/flow-trigger.ts';
import { flatParams } from '../ui/wording.ts';
import { sayNotice, type Voice } from './say-notice.ts';

/** What is not known is said so, and never as none. */
const notKnown = 'not known';
const hourMs = 3_600_000;
const storefront = (id: string | null): string =>
  marketplace(id)?.storefront.replace(/^www\./, '') ?? id ?? notKnown;
/** Shopify's ids are numbers in Flow; one beyond what a number holds exactly goes as its digits. */
function idOf(shopifyOrderId: string): number | string {
  const digits = shopifyOrderId.split('/').at(-1) ?? '';
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : digits;
}

const refusals: Readonly<Record<string, string>> = { refused_shipped: 'shipped', refused_other: 'other' };

/**
 * What Shopify Flow is told of a notice; null where it is gone. `later`: its order does not stand in Shopify yet, and a
 * workflow begins with that. No buyer's words, names or addresses: ids, amounts and our own words.
 */
export async function flowTrigger(
  tx: Tx,
  vault: Vault,
  shop: ShopDomain,
  noticeId: string,
  voice: Voice,
): Promise<FlowTrigger | 'later' | null> {
  const [facts] = await noticeFacts(tx, shop, [noticeId], 1);
  if (!facts) return null;
  const event = { 'Event id': facts.id };
  const params = flatParams(facts.params);
  if (facts.kind === 'rate_near_limit')
    return {
      handle: 'amazon-cancellation-rate',
      payload: {
        ...event,
        Marketplace: storefront(String(params['marketplace'])),
        Rate: Number(params['rate']),
        Limit: Number(params['limit']),
        'Cancels left': Number(params['left']),
      },
    };
  const id = amazonOrderId(facts.amazonOrderId);
  const order = await orderRow(tx, shop, id);
  if (!order) return null;
  if (order.shopifyOrderId === null) return 'later';
  const about = {
    ...event,
    order_id: idOf(order.shopifyOrderId),
    'Amazon order id': order.amazonOrderId,
    Marketplace: storefront(order.marketplaceId),
  };
  const said = sayNotice(facts, voice);
  if (facts.kind === 'request_opened') {
    const request = (await listedRequestsOf(tx, vault, shop, id)).at(-1);
    const asked = request?.lines.filter(({ ended }) => ended === null).length ?? 0;
    const clock = [said.answerBy, said.shipBy].flatMap((at) => at ?? []).sort((a, b) => a - b)[0];
    const total =
      order.amazonTotal === null || order.currency === null
        ? null
        : { amount: order.amazonTotal, currency: order.currency };
    return {
      handle: 'amazon-buyer-asked-to-cancel',
      payload: {
        ...about,
        ...(total
          ? { 'Order value': Number(toDecimal(total)), Currency: total.currency }
          : { Currency: notKnown }),
        'Reason category': request?.reasonCategory ?? notKnown,
        'All lines asked': request ? (asked >= request.lineCount ? 'asked' : 'none') : notKnown,
        'Lines asked': asked,
        ...(clock === undefined
          ? {}
          : { 'Hours left': Number(((clock - voice.style.now) / hourMs).toFixed(2)) }),
        Held: request?.held ?? notKnown,
      },
    };
  }
  const kind = String(params['problem'] ?? '');
  const refusal = refusals[kind];
  if (refusal !== undefined)
    return {
      handle: 'amazon-refused-a-cancel',
      payload: {
        ...about,
        Refusal: refusal,
        Shipped: refusal === 'shipped' || order.amazonStatus === 'shipped',
      },
    };
  const problem = (await openProblemsOf(tx, shop, id)).find((one) => one.kind === kind);
  const { amount } = flatParams(problem?.params);
  return {
    handle: 'amazon-order-needs-attention',
    payload: {
      ...about,
      'Problem kind': kind,
      Urgent: problemTones[kind as ProblemKind] === 'critical',
      Amount: Number.isFinite(Number(amount)) ? Number(amount) : 0,
      Sentence: said.sentence,
    },
  };
}
