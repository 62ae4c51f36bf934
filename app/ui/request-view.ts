import type { RequestRow } from '../db/request-list.ts';
import type { ListedRequest } from '../db/request-row.ts';
import { marketplace } from '../domain/marketplaces.ts';
import { reasonsIn } from '../domain/reason-map.ts';
import { orderView, type OrderView } from './order-view.ts';

/** What the buyer asked for, as it goes to the browser. Times in ms UTC. */
interface AskedView {
  readonly state: string;
  readonly held: string;
  readonly requestedAt: number;
  readonly closedAt: number | null;
  /** How many lines are asked for, of how many. */
  readonly n: number;
  readonly m: number;
  /** The buyer's words, each once, as they were written. */
  readonly words: readonly string[];
  readonly category: string;
  /** Who saw it, each once, the first one first. */
  readonly sources: readonly string[];
  /** Until when the marketplace wants an answer; null where it names no time. */
  readonly answerBy: number | null;
}

/** One row of the inbox as it goes to the browser; `asked` is null where it is not known whether the buyer asked. */
export interface RequestView {
  readonly key: string;
  readonly order: OrderView;
  readonly asked: AskedView | null;
  /** Amazon's reasons that a person may choose from, where the buyer did not ask for all lines. */
  readonly reasons: readonly string[];
}

const hour = 3_600_000;

function askedView(request: ListedRequest, marketplaceId: string | null): AskedView {
  const answerHours = marketplace(marketplaceId)?.answerHours ?? null;
  // What ended one by one is no longer asked for; of what is over everything is shown.
  const open = request.lines.filter((line) => line.ended === null);
  const lines = open.length > 0 ? open : request.lines;
  return {
    // What Amazon never showed was taken away by staff, and not by the buyer.
    state: request.state === 'withdrawn' && request.confirmedAt === null ? 'dropped' : request.state,
    held: request.held,
    requestedAt: request.requestedAt,
    closedAt: request.closedAt,
    n: lines.length,
    m: Math.max(request.lineCount, lines.length),
    words: [...new Set(lines.flatMap(({ reason }) => (reason === null ? [] : [reason])))],
    category: request.reasonCategory,
    sources: [...new Set(request.sources.map(({ source }) => (source === 'order_v0' ? 'order' : source)))],
    answerBy: answerHours === null ? null : request.requestedAt + answerHours * hour,
  };
}

/** Makes a row of the database fit for the browser. */
export function requestView({ order, request }: RequestRow): RequestView {
  return {
    key: `${order.amazonOrderId} ${request?.n ?? 0}`,
    order: orderView(order),
    asked: request && askedView(request, order.marketplaceId),
    reasons: reasonsIn(order.marketplaceId).filter((reason) => reason !== 'BuyerCanceled'),
  };
}
