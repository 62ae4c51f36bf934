import type { i18n } from 'i18next';
import type { Happening } from '../domain/timeline.ts';
import type { Style } from './format.ts';
import { flatParams, sayable } from './wording.ts';

/** The sentence of something that happened to an order, without who did it. */
export function sayHappening(
  { key, params }: Happening,
  { t, exists }: Pick<i18n, 't' | 'exists'>,
  style: Style,
): string {
  const said = sayable(flatParams(params), t, style);
  const named = `solve.${String(params['what'])}.name`;
  const what = key === 'choice_answer' ? t(exists(named) ? named : 'solve.any.leave.name', said) : null;
  return t(`timeline.${key}`, what === null ? said : { ...said, what });
}
