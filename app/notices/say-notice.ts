import type { TFunction } from 'i18next';
import type { NoticeFacts } from '../db/notices.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { marketplace } from '../domain/marketplaces.ts';
import { adminUrl, type AdminPlace } from '../shopify/admin-url.ts';
import { textsIn } from '../ui/all-texts.server.ts';
import { formatMoment, type Style } from '../ui/format.ts';
import { orderPageUrl } from '../ui/order-url.ts';
import { flatParams } from '../ui/wording.ts';
import type { NoticeShop } from './notice-shop.ts';

/** In whose words something is said. */
export interface Voice {
  readonly shop: ShopDomain;
  readonly t: TFunction;
  readonly style: Style;
  readonly place: AdminPlace;
}

/** A notice in words, and what the words are made of. Times in ms UTC; null where they are not known. */
export interface SaidNotice {
  readonly kind: string;
  readonly at: number;
  readonly sentence: string;
  readonly orderId: string | null;
  /** Which problem it is, where it is one. */
  readonly problem: string | null;
  readonly marketplaceId: string | null;
  readonly marketplace: string | null;
  readonly shipBy: number | null;
  readonly answerBy: number | null;
  readonly details: readonly string[];
  readonly url: string;
}

const hourMs = 3_600_000;

/** The voice for a shop: its language and time zone, and the time `now` (ms UTC). */
export function voiceFor({ shop, notices, hours }: NoticeShop, place: AdminPlace, now: number): Voice {
  const { language } = notices;
  return { shop, place, t: textsIn(language).t, style: { language, timeZone: hours.timeZone, now } };
}

/** A page of the app inside the shop's admin. */
export function pageOf({ place, shop }: Pick<Voice, 'place' | 'shop'>, page: string): string {
  return adminUrl(place, shop, page);
}

function sentenceOf(facts: NoticeFacts, problem: string | null, t: TFunction): string {
  const id = facts.amazonOrderId;
  if (facts.kind === 'blind') return t('notice.blind');
  if (problem === null) return t('notice.request', { id });
  // Only the problem's name: its sentence may hold words that Amazon or Shopify said.
  const name = t(`problem.${problem}.name`);
  return id === '' ? name : t('notice.problem', { name, id });
}

/** Says a notice. Nothing of the buyer is in it: ids, times and our own words alone. */
export function sayNotice(facts: NoticeFacts, voice: Voice): SaidNotice {
  const { t, style } = voice;
  const { problem } = flatParams(facts.params);
  const known = typeof problem === 'string' ? problem : null;
  const market = facts.marketplaceId === null ? null : marketplace(facts.marketplaceId);
  const answerHours = market?.answerHours ?? null;
  const answerBy =
    answerHours === null || facts.requestedAt === null ? null : facts.requestedAt + answerHours * hourMs;
  const storefront = market?.storefront.replace(/^www\./, '') ?? null;
  const { amazonOrderId: order, shipBy } = facts;
  return {
    ...{
      kind: facts.kind,
      at: facts.at,
      problem: known,
      marketplaceId: facts.marketplaceId,
      shipBy,
      answerBy,
    },
    orderId: order === '' ? null : order,
    sentence: sentenceOf(facts, known, t),
    marketplace: storefront,
    details: [
      ...(storefront === null ? [] : [t('notice.marketplace', { marketplace: storefront })]),
      ...(answerBy === null ? [] : [t('notice.answerBy', { date: formatMoment(answerBy, style) })]),
      ...(shipBy === null ? [] : [t('notice.shipBy', { date: formatMoment(shipBy, style) })]),
    ],
    url: pageOf(voice, order === '' ? '/app/problems' : orderPageUrl(order)),
  };
}
