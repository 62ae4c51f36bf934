import { shopRow } from '../db/shops.ts';
import { settingNames, settingsSchema, type Settings } from '../domain/settings.ts';
import { setSettings } from '../sync/change-settings.ts';
import { UsageError, type Said, type Session } from './command-line.ts';
import { operator } from './said.ts';

function settingName(name: string): keyof Settings {
  const known = settingNames.find((one) => one === name);
  if (!known) throw new UsageError(`There is no setting ${name}; there are ${settingNames.join(', ')}.`);
  return known;
}

/** Settings that no short form can tell. */
const asJson: readonly string[] = ['autoAccept', 'marketplaces', 'notices'] satisfies (keyof Settings)[];

function written(name: string, value: Settings[keyof Settings]): string {
  if (Array.isArray(value)) return value.join(',');
  if (typeof value !== 'object') return String(value);
  if (asJson.includes(name)) return JSON.stringify(value);
  const table = value as Settings['carriers'] | Settings['cancelReasons'];
  const pairs = Object.entries(table).map(([name, one]: [string, Settings['carriers'][string] | string]) => {
    if (typeof one === 'string') return `${name}=${one}`;
    return `${name}=${one.code ?? `Other:${one.name ?? name}`}`;
  });
  return pairs.join(',');
}

const said = (settings: Partial<Settings>): Said => ({
  ok: true,
  data: settings,
  lines: Object.entries(settings).map(([name, value]) => `${name} = ${written(name, value)}`),
});

/** All settings, or one. */
export async function getSettings({ services, shop }: Session, [name]: readonly string[]): Promise<Said> {
  const row = await services.db.forShop(shop, (tx) => shopRow(tx, shop));
  const settings = row?.settings ?? settingsSchema.parse({});
  return name === undefined ? said(settings) : said({ [settingName(name)]: settings[settingName(name)] });
}

/** Changes one setting; a list is written with commas. */
export async function setSetting(
  { services, shop }: Session,
  [name = '', value = '']: readonly string[],
): Promise<Said> {
  const key = settingName(name);
  const given = key === 'acceptedCurrencies' ? value.split(',').filter((one) => one !== '') : value;
  const change = settingsSchema.partial().safeParse({ [key]: given });
  if (!change.success)
    throw new UsageError(`${value} is not possible for ${key}: ${change.error.issues[0]?.message ?? ''}`);
  return said(
    await services.db.forShop(shop, (tx) => setSettings(tx, shop, { [key]: change.data[key] }, operator)),
  );
}
