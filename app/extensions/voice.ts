import type { i18n } from 'i18next';
import { shopRow } from '../db/shops.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import type { AdminPlace } from '../shopify/admin-url.ts';
import type { StaffRole } from '../shopify/staff-role.ts';
import type { Services } from '../sync/services.ts';
import { textsIn } from '../ui/all-texts.server.ts';
import type { Style } from '../ui/format.ts';
import { fallback, spoken } from '../ui/languages.ts';

/** Who is spoken to, about which shop, in which words. */
export interface Voice {
  readonly shop: ShopDomain;
  readonly role: StaffRole;
  readonly texts: i18n;
  readonly style: Style;
  readonly place: AdminPlace;
}

/** The voice for a staff member whose extension speaks `locale` (a BCP 47 tag); times are in the shop's zone. */
export async function voiceIn(
  { db }: Pick<Services, 'db'>,
  place: AdminPlace,
  { shop, role, locale }: Pick<Voice, 'shop' | 'role'> & { readonly locale: string },
): Promise<Voice> {
  const row = await db.forShop(shop, (tx) => shopRow(tx, shop));
  const language = spoken(locale) ?? fallback;
  const style = { language, timeZone: row?.facts?.timeZone ?? 'UTC', now: now() };
  return { shop, role, texts: textsIn(language), style, place };
}

/** What is said to somebody who may only look; null to everybody else. */
export function sayRole({ role, texts: { t } }: Voice): string | null {
  if (role === 'all') return null;
  return t(role === 'unchecked' ? 'role.unchecked' : 'guard.not_allowed_role');
}

/** What is said to somebody who may not see what Shopify has of a buyer; null to everybody else. */
export function sayNoBuyers({ role, texts: { t } }: Voice): string | null {
  if (role === 'none') return t('extension.sheet.notAllowed');
  return role === 'unchecked' ? t('extension.sheet.unchecked') : null;
}
