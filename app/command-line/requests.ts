import { listRequests, type RequestRow } from '../db/request-list.ts';
import { requestTabs } from '../domain/request-tab.ts';
import { UsageError, type Options, type Said, type Session } from './command-line.ts';

/** More rows than this nobody reads in a terminal. */
const most = 1000;

const when = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** A row as data. The buyers' words leave the database only where they were asked for. */
function told({ order, request }: RequestRow, reasons: boolean) {
  const open = request?.lines.filter(({ ended }) => ended === null) ?? [];
  const asked = open.length > 0 ? open : (request?.lines ?? []);
  return {
    order: order.amazonOrderId,
    shopify: order.shopifyName,
    marketplace: order.marketplaceId,
    request: request?.state ?? 'unknown',
    state: order.state,
    shipBy: when(order.shipBy),
    ...(request && {
      lines: asked.length,
      of: request.lineCount,
      requestedAt: when(request.requestedAt),
      runsOutAt: when(request.runsOutAt),
      held: request.held,
      sources: request.sources.map(({ source }) => source),
      category: request.reasonCategory,
      ...(reasons && {
        reasons: [...new Set(asked.flatMap(({ reason }) => (reason === null ? [] : [reason])))],
      }),
    }),
  };
}

/** A buyer's words on one line, unable to steer the terminal or to turn its text around. */
function harmless(words: string): string {
  return JSON.stringify(words).replace(
    /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function line(one: ReturnType<typeof told>): string {
  const asked = one.lines === undefined ? '' : ` ${one.lines} of ${one.of ?? '?'} lines, ${one.held ?? ''}`;
  const sources = one.sources ? `, seen by ${one.sources.join(', ')}` : '';
  const words = one.reasons?.map((reason) => `\n    ${harmless(reason)}`).join('') ?? '';
  const until = one.runsOutAt ?? one.shipBy ?? 'no time known';
  return `${until}  ${one.order} ${one.shopify ?? '-'}  ${one.request}${asked}${sources}  (${one.category ?? one.state})${words}`;
}

/** What buyers want out of, by what runs out first. `--state` chooses the part of the inbox, `--reasons` shows their words. */
export async function requests(
  { services, shop }: Session,
  _: readonly string[],
  { state = 'open', reasons = false }: Options,
): Promise<Said> {
  const tab = requestTabs.find((one) => one === state);
  if (!tab) throw new UsageError(`--state is one of ${requestTabs.join(', ')}.`);
  const { rows, next } = await services.db.forShop(shop, (tx) =>
    listRequests(tx, services.vault, shop, { tab, limit: most }),
  );
  const data = rows.map((row) => told(row, reasons));
  const more = next ? [`… and more than these ${most}`] : [];
  return { ok: true, data, lines: data.length > 0 ? [...data.map(line), ...more] : ['No requests.'] };
}
