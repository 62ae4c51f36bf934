import type { OrderRow } from '../db/order-list.ts';
import type { ListedRequest } from '../db/request-row.ts';
import { problemTones, type ProblemDraft } from '../domain/problem.ts';
import { runsOutAt } from '../domain/request-clock.ts';
import { timelineOf, type Happening } from '../domain/timeline.ts';
import type { PracticeOrder } from './practice-shop.ts';

const word = ({ amazon }: PracticeOrder): string =>
  amazon.lines.some(({ request }) => request.state === 'asked') ? 'asked' : 'none';

/** An invented order as the lists show a real one. `lookedAt` in ms UTC of the practice. */
export function orderRowOf(order: PracticeOrder, lookedAt: number): OrderRow {
  const { amazon, shopify, said } = order;
  const { linked = null } = shopify ?? {};
  return {
    amazonOrderId: amazon.id,
    // There is none in the shop's own admin.
    shopifyOrderId: null,
    shopifyName: linked?.name ?? null,
    marketplaceId: amazon.marketplaceId,
    amazonCreatedAt: amazon.createdAt,
    currency: amazon.total?.currency ?? null,
    amazonTotal: amazon.total?.amount ?? null,
    shopifyTotal: linked?.total.amount ?? null,
    shipBy: amazon.shipBy.latest === null ? null : Date.parse(amazon.shipBy.latest),
    amazonStatus: amazon.status,
    shopifyStatus: linked && (linked.cancelledAt === null ? linked.fulfillmentStatus : 'CANCELLED'),
    request: word(order),
    state: said.key,
    tone: said.tone,
    stateParams: { ...said.params },
    lookedAt,
  };
}

/** Its last request as the inbox shows one; null where nobody asked. */
export function listedRequestOf({ amazon, requests }: PracticeOrder): ListedRequest | null {
  const last = requests.at(-1);
  return last ? { ...last, lineCount: amazon.lines.length, runsOutAt: runsOutAt(amazon, last) } : null;
}

/** All that happened to it, the newest first. */
export function happeningsOf({ amazon, commands, choices, requests }: PracticeOrder): Happening[] {
  return timelineOf({
    placedAt: amazon.createdAt,
    commands,
    choices,
    requests,
    moves: [],
    currency: amazon.total?.currency ?? null,
  });
}

/** A problem of it as the list shows one; its kind and subject tell it apart. `since` in ms UTC. */
export function problemRowsOf({ amazon, problems }: PracticeOrder): readonly (ProblemDraft & {
  readonly id: string;
  readonly tone: string;
  readonly amazonOrderId: string;
  readonly since: number;
})[] {
  return problems.map((problem) => ({
    ...problem,
    id: `${problem.kind}|${problem.subject}`,
    tone: problemTones[problem.kind],
    amazonOrderId: amazon.id,
  }));
}
