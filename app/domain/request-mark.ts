import type { RequestState, CancelRequest } from './request.ts';
import { reasonOf } from './recognise-request.ts';

/** The tag of an order whose request is not over. */
export const requestTag = 'amazon-cancel-requested';

const tagged: ReadonlySet<RequestState> = new Set(['open', 'approved', 'declined']);

/** More of a reason Shopify is not given: a metafield has room for more, staff do not. */
const mostWords = 2_000;

/** What Shopify shall show of a request: the metafield's text, and whether the order carries the tag (REQ-3). */
export interface RequestMark {
  readonly value: string;
  readonly tagged: boolean;
}

/** The mark of a request as it is now. Names of its fields are relied on outside. */
export function markOf(request: CancelRequest): RequestMark {
  const open = request.lines.filter(({ ended }) => ended === null);
  const lines = open.length > 0 ? open : request.lines;
  const words = reasonOf(request.lines);
  const value = {
    lines: lines.map(({ sku, orderItemId, quantity }) => ({
      sku,
      amazonOrderItemId: orderItemId,
      quantity,
    })),
    reason: words === null ? request.reasonCategory : Array.from(words).slice(0, mostWords).join(''),
    requestedAt: new Date(request.requestedAt).toISOString(),
    sources: request.sources.map(({ source }) => source),
    state: request.state,
  };
  return { value: JSON.stringify(value), tagged: tagged.has(request.state) };
}

/** Whether Shopify shows it already. */
export function isShown(mark: RequestMark, shown: { mark: string | null; tagged: boolean }): boolean {
  return shown.tagged === mark.tagged && isWritten(mark, shown.mark);
}

/** Whether this is the text of the mark, however Shopify writes the JSON. */
export function isWritten({ value }: RequestMark, shown: string | null): boolean {
  if (shown === null) return false;
  if (shown === value) return true;
  try {
    return JSON.stringify(sorted(JSON.parse(shown))) === JSON.stringify(sorted(JSON.parse(value)));
  } catch {
    return false;
  }
}

/** The same value with the names of its objects in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
