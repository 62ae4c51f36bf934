import { useTranslation } from 'react-i18next';
import type { Style } from './format.ts';

/** How to write times and numbers on this page; `now` is the server's time of its loader, ms UTC. */
export function useStyle(now: number): Style {
  const { i18n } = useTranslation();
  return { language: i18n.language, timeZone: 'UTC', now };
}
