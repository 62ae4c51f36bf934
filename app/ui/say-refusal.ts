import type { TFunction } from 'i18next';
import { explainRefusal, type Refused } from '../domain/explain-refusal.ts';
import type { Style } from './format.ts';
import { flatParams, sayable } from './wording.ts';

/** The sentence of a refusal. */
export function sayRefusal(refused: Omit<Refused, 'ok'>, t: TFunction, style: Style): string {
  const { key, params } = explainRefusal(refused);
  return t(key, sayable(flatParams(params), t, style));
}
