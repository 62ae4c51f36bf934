import { isDeepStrictEqual } from 'node:util';
import type { Prisma } from '@prisma/client';
import { z } from 'zod';
import type { ShopDomain } from '../domain/ids.ts';
import { settingNames, settingsSchema, type Settings } from '../domain/settings.ts';
import type { Tx } from './client.ts';

const factsShape = z.object({
  currencies: z.array(z.string()),
  readsAllOrders: z.boolean(),
  locationId: z.string().nullable(),
  timeZone: z.string(),
});

/** What is kept of a shop. Times in ms UTC; facts are null until Shopify was asked. */
export interface ShopRow {
  readonly installed: boolean;
  readonly installedAt: number;
  readonly settings: Settings;
  readonly facts: z.infer<typeof factsShape> | null;
  readonly factsAt: number;
}

/** The shop's row; null where it never had the app. */
export async function shopRow(tx: Tx, shop: ShopDomain): Promise<ShopRow | null> {
  const row = await tx.shop.findUnique({ where: { shop } });
  if (!row) return null;
  const facts = factsShape.safeParse(row.facts);
  return {
    installed: row.uninstalledAt === null,
    installedAt: row.installedAt.getTime(),
    settings: settingsSchema.parse(row.settings),
    facts: facts.success ? facts.data : null,
    factsAt: row.factsAt?.getTime() ?? 0,
  };
}

/** Notes that the shop has the app (again). Idempotent. */
export async function markInstalled(tx: Tx, shop: ShopDomain, now: number): Promise<void> {
  const at = new Date(now);
  await tx.$executeRaw`
    insert into shop as s (shop, installed_at, proved_at) values (${shop}, ${at}, ${at})
    on conflict (shop) do update set proved_at = excluded.proved_at, uninstalled_at = null,
      installed_at = case when s.uninstalled_at is null then s.installed_at else excluded.installed_at end`;
}

/**
 * Notes that the shop gave up the app at `at` (ms UTC): from now on no command of it can be claimed (SEC-4). False where it
 * was proved to have the app later: then the news is old.
 */
export async function markUninstalled(tx: Tx, shop: ShopDomain, at: number): Promise<boolean> {
  const when = new Date(at);
  const mine = { shop, provedAt: { lte: when } };
  await tx.shop.updateMany({ where: { ...mine, uninstalledAt: null }, data: { uninstalledAt: when } });
  return (await tx.shop.count({ where: { ...mine, uninstalledAt: { not: null } } })) > 0;
}

/** Keeps what Shopify said of the shop. */
export async function keepShopFacts(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  facts: z.infer<typeof factsShape>,
): Promise<void> {
  await tx.shop.updateMany({ where: { shop }, data: { facts, factsAt: new Date(now) } });
}

/** Lets Shopify be asked anew what the shop is. */
export async function forgetShopFacts(tx: Tx, shop: ShopDomain): Promise<void> {
  await tx.shop.updateMany({ where: { shop }, data: { factsAt: null } });
}

/** Who changes settings, and when (ms UTC), for the audit log. */
export interface Changing {
  readonly by: string;
  readonly at: number;
}

/** Changes settings; what is not named stays. What became another is in the audit log, before and after (PRO-6). */
export async function changeSettings(
  tx: Tx,
  shop: ShopDomain,
  change: Partial<Settings>,
  { by, at }: Changing,
): Promise<Settings> {
  await tx.$queryRaw`select from shop where shop = ${shop} for update`;
  const row = await tx.shop.findUniqueOrThrow({ where: { shop } });
  const old = settingsSchema.parse(row.settings);
  const settings = settingsSchema.parse({ ...old, ...change });
  const changed = settingNames.filter((name) => !isDeepStrictEqual(old[name], settings[name]));
  if (changed.length === 0) return settings;
  await tx.shop.update({ where: { shop }, data: { settings } });
  const only = (all: Settings) => Object.fromEntries(changed.map((name) => [name, all[name]]));
  await tx.auditEntry.create({
    data: { shop, at: new Date(at), actor: by, action: 'settings', before: only(old), after: only(settings) },
  });
  return settings;
}

/** The local part of the address for the shop's mails; null where it has none. */
export async function mailKeyOf(tx: Tx, shop: ShopDomain): Promise<string | null> {
  const row = await tx.shop.findUnique({ where: { shop }, select: { mailKey: true } });
  return row?.mailKey ?? null;
}

/** Gives the shop a new local part; the one before takes no mail any more. That it changed is in the audit log, not to what. */
export async function setMailKey(
  tx: Tx,
  shop: ShopDomain,
  mailKey: string,
  { by, at }: Changing,
): Promise<void> {
  await tx.shop.update({ where: { shop }, data: { mailKey } });
  await tx.auditEntry.create({ data: { shop, at: new Date(at), actor: by, action: 'mail_address' } });
}

/** A change of settings as it was noted: the values before and after, by name. `at` in ms UTC. */
export interface SettingsChange {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly before: Prisma.JsonValue;
  readonly after: Prisma.JsonValue;
}

const mostChanges = 20;

/** The last changes of settings, the newest first. */
export async function settingsChanges(tx: Tx, shop: ShopDomain): Promise<SettingsChange[]> {
  const rows = await tx.auditEntry.findMany({
    where: { shop, action: 'settings' },
    orderBy: [{ at: 'desc' }, { id: 'asc' }],
    take: mostChanges,
  });
  return rows.map(({ id, at, actor, before, after }) => ({ id, at: at.getTime(), by: actor, before, after }));
}

/** Whether the daily digest is due at `now` (ms UTC); the shop's row is locked, so that it is written once. */
export async function digestDue(tx: Tx, shop: ShopDomain, now: number): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from shop where shop = ${shop} and next_digest_at <= ${new Date(now)} for update`;
  return rows.length > 0;
}

/** When the next daily digest is due (ms UTC); null: none is wanted. */
export async function planDigest(tx: Tx, shop: ShopDomain, at: number | null): Promise<void> {
  await tx.shop.update({ where: { shop }, data: { nextDigestAt: at === null ? null : new Date(at) } });
}

/** Whether the mail of the reports is due at `now` (ms UTC); the shop's row is locked, so that it is written once. */
export async function reportMailDue(tx: Tx, shop: ShopDomain, now: number): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from shop where shop = ${shop} and next_report_at <= ${new Date(now)} for update`;
  return rows.length > 0;
}

/** When the next mail of the reports is due (ms UTC); null: none is wanted. */
export async function planReportMail(tx: Tx, shop: ShopDomain, at: number | null): Promise<void> {
  await tx.shop.update({ where: { shop }, data: { nextReportAt: at === null ? null : new Date(at) } });
}
