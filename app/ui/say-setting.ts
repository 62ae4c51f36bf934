import type { TFunction } from 'i18next';
import { formatList } from './format.ts';

const minutes = ['blindAfterMinutes', 'undoMinutes'];
const hours = ['untrackedAfterHours'];
const choices = ['stock', 'fba', 'refundsOnAmazon'];

/** A setting's value in words; null for a table, which has too many. */
export function saySetting(t: TFunction, language: string, name: string, value: unknown): string | null {
  if (typeof value === 'boolean') return t(value ? 'settings.on' : 'settings.off');
  if (typeof value === 'number') {
    if (minutes.includes(name)) return `${String(value)} ${t('settings.minutes')}`;
    if (hours.includes(name)) return `${String(value)} ${t('settings.hours')}`;
  }
  if (typeof value === 'string' && choices.includes(name)) return t(`settings.option.${name}.${value}`);
  if (name === 'acceptedCurrencies' && Array.isArray(value))
    return value.length === 0 ? t('settings.none') : formatList(value.map(String), language);
  return null;
}
