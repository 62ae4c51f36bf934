import type { TFunction } from 'i18next';
import type { Effect } from '../domain/decision-effects.ts';
import type { Style } from './format.ts';
import { flatParams, sayable } from './wording.ts';

/** The sentence of one thing that a decision does. */
export function sayEffect({ key, params }: Effect, t: TFunction, style: Style): string {
  const words = sayable(flatParams(params), t, style);
  const what = key === 'reason' ? { what: t(`amazonReason.${String(words['what'])}`) } : {};
  return t(`effect.${key}`, { ...words, ...what });
}
