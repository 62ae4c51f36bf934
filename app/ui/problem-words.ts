import type { TFunction } from 'i18next';
import type { Style } from './format.ts';
import type { ProblemView } from './group-problems.ts';
import { sayable, type Params } from './wording.ts';

/** The sentence of a problem and what its other texts are made with. */
export function problemWords(
  { kind, amazonOrderId, subject, params }: Omit<ProblemView, 'since' | 'tone' | 'id'>,
  t: TFunction,
  style: Style,
): { readonly title: string; readonly words: Params } {
  const words = sayable({ id: amazonOrderId || subject, subject, ...params }, t, style);
  return { title: t(`problem.${kind}.title`, words), words };
}
