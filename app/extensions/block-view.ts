import type { BlockView } from '../../extensions/shared/contract.ts';
import { orderOfShopify } from '../db/shopify-orders.ts';
import type { Happening } from '../domain/timeline.ts';
import { adminUrl } from '../shopify/admin-url.ts';
import { orderPage } from '../sync/order-page.ts';
import type { Services } from '../sync/services.ts';
import { clocksOf } from '../ui/clocks.ts';
import { formatLength, formatMoment } from '../ui/format.ts';
import { orderPageUrl } from '../ui/order-url.ts';
import type { OrderView } from '../ui/order-view.ts';
import { requestView, type RequestView } from '../ui/request-view.ts';
import { sayHappening } from '../ui/say-happening.ts';
import { sayable } from '../ui/wording.ts';
import { sayRole, type Voice } from './voice.ts';

type Shown = Extract<BlockView, { kind: 'order' }>;
type Tone = Shown['badge']['tone'];
type Asked = NonNullable<RequestView['asked']>;

const tones: Readonly<Record<string, Tone>> = {
  ...{ success: 'success', info: 'info', warning: 'warning', critical: 'critical' },
  attention: 'caution',
};
const nearness = { over: 'critical', close: 'warning', soon: 'caution', far: 'neutral' } as const;
const mostLines = 5;
/** So often (ms) is asked what became of something that is under way. */
const underWay = 5_000;

/** What is left of a clock is counted where it is shown. */
const clockMark = '{clock}';

/** How many minutes and seconds the state's own clock has left (ms); null where it has none. */
function leftOf({ params }: OrderView, now: number): number | null {
  const { clock } = params;
  const at = clock === undefined ? NaN : Number(clock);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** The badge and the sentence of an order's state. */
export function sayState(
  order: OrderView,
  { texts: { t }, style }: Voice,
): { badge: string; sentence: string } {
  const words = sayable(order.params, t, style);
  const said = leftOf(order, style.now) === null ? words : { ...words, clock: clockMark };
  return { badge: t(`state.${order.state}.badge`, said), sentence: t(`state.${order.state}.sentence`, said) };
}

function sayAsked(
  asked: Asked,
  lines: readonly { readonly sku: string | null; readonly orderItemId: string; readonly quantity: number }[],
  { texts: { t } }: Voice,
): NonNullable<Shown['asked']> {
  const [words] = asked.words;
  const reason =
    words !== undefined
      ? t('requests.quote', { words })
      : asked.category === 'not_given'
        ? t('extension.noReason')
        : t('requests.category', { category: t(`requests.reason.${asked.category}`) });
  const named = lines
    .slice(0, mostLines)
    .map(({ sku, orderItemId, quantity }) => t('extension.line', { name: sku ?? orderItemId, n: quantity }));
  const rest = lines.length - named.length;
  return { reason, lines: rest > 0 ? [...named, t('extension.moreLines', { n: rest })] : named };
}

function sayClocks(asked: Asked | null, order: OrderView, { texts: { t }, style }: Voice): Shown['clocks'] {
  // What is shipped or cancelled has no time to be kept any more.
  if (!['pending', 'unshipped', 'partially_shipped'].includes(order.amazonStatus)) return [];
  return clocksOf(asked?.answerBy ?? null, order.shipBy, style.now).map(({ kind, at, nearness: near }) => {
    const words = { length: formatLength(at - style.now, style.language), date: formatMoment(at, style) };
    const key =
      kind === 'answer'
        ? near === 'over'
          ? 'requests.answer.late'
          : 'requests.answer.within'
        : near === 'over'
          ? 'requests.ship.late'
          : 'requests.ship.by';
    return { text: t(key, words), tone: nearness[near] };
  });
}

const statusOf = (order: OrderView, held: string | null, { texts: { t } }: Voice): string =>
  t('extension.sides', {
    amazon: t(`amazonStatus.${order.amazonStatus}`),
    shopify: t(`shopifyStatus.${(order.shopifyStatus ?? 'unknown').toLowerCase()}`),
    held: held === null ? '' : t(`requests.held.${held}`),
    held_given: held === null ? 'no' : 'yes',
  });

/** The newest thing that happened, with who did it and the answer it got. */
function sayLast(timeline: readonly Happening[], { texts, style }: Voice): string | null {
  const last = timeline.find(({ at, by }) => at !== null && by !== 'buyer');
  if (last?.at == null) return null;
  const { t } = texts;
  const answer = last.words === null ? '' : ` ${t('order.words', { words: last.words })}`;
  return t('extension.last', {
    what: `${sayHappening(last, texts, style)}${answer}`,
    who: t('order.by', { who: last.by }),
    when: formatMoment(last.at, style),
  });
}

function buttonsOf(order: OrderView, asked: boolean, { texts: { t } }: Voice): Shown['buttons'] {
  const id = order.amazonOrderId;
  const words = {
    approve: asked
      ? (['action.approve', 'action.approveFor'] as const)
      : (['action.cancelCounts', 'action.cancelCountsFor'] as const),
    cancel: ['action.cancelCounts', 'action.cancelCountsFor'],
    decline: ['action.decline', 'action.declineFor'],
    undo: ['action.undo', 'action.undoFor'],
    record_informal: ['action.recordMessage', 'action.recordMessageFor'],
    look_again: ['action.lookAgain', 'action.lookAgainFor'],
  } as const;
  const all = ['approve', 'cancel', 'decline', 'undo', 'record_informal', 'look_again'] as const;
  return all
    .filter((does) => order.allowed.includes(does))
    .map((does) => {
      const [label, name] = words[does];
      return { does, label: t(label), name: t(name, { id }), primary: order.next === does };
    });
}

/** What is to be known beside the state. */
function notesOf(order: OrderView, voice: Voice): string[] {
  const { t } = voice.texts;
  // Cancelled there and not on Amazon: it did not come from here, and rests nowhere (CAN-8).
  const elsewhere =
    order.shopifyStatus?.toLowerCase() === 'cancelled' && order.amazonStatus !== 'cancelled'
      ? [t('extension.shopifyCancelled')]
      : [];
  const role = sayRole(voice);
  return role === null ? elsewhere : [...elsewhere, role];
}

/** What the block says of a Shopify order (its global id), from what is kept: neither side is asked. */
export async function blockViewOf(
  services: Pick<Services, 'db' | 'vault'>,
  shopifyOrder: string,
  voice: Voice,
): Promise<BlockView> {
  const { shop, texts, style, place } = voice;
  const { t } = texts;
  const id = await services.db.forShop(shop, (tx) => orderOfShopify(tx, shop, shopifyOrder));
  const page = id && (await orderPage(services, shop, id));
  if (!page) return { kind: 'other', text: t('extension.notAmazon') };
  const { order, asked } = requestView(page);
  const open = asked !== null && asked.closedAt === null ? asked : null;
  const state = sayState(order, voice);
  const left = leftOf(order, style.now);
  const lines = page.request?.lines.filter(({ ended }) => ended === null) ?? [];
  return {
    kind: 'order',
    id: order.amazonOrderId,
    url: order.amazonUrl,
    market: order.storefront ?? order.market ?? t('notKnown'),
    badge: { tone: tones[order.tone] ?? 'neutral', text: state.badge },
    sentence: state.sentence,
    asked: open && sayAsked(open, lines, voice),
    clocks: sayClocks(open, order, voice),
    sides: statusOf(order, open?.held ?? null, voice),
    last: sayLast(page.timeline, voice),
    notes: notesOf(order, voice),
    buttons: voice.role === 'all' ? buttonsOf(order, open !== null, voice) : [],
    more: { label: t('extension.more'), url: adminUrl(place, shop, orderPageUrl(order.amazonOrderId)) },
    left,
    askAgain: left !== null || order.tone === 'info' ? underWay : null,
  };
}
