import type { Effect } from '../domain/decision-effects.ts';
import type { Refused } from '../domain/explain-refusal.ts';
import type { FileSaying } from '../domain/file-saying.ts';
import type { Params } from '../domain/problem.ts';
import { now } from '../lib/clock.ts';
import en from '../locales/en.json' with { type: 'json' };
import type { Chosen } from '../sync/chosen.ts';
import type { Style } from '../ui/format.ts';
import { sayFile } from '../ui/say-file.ts';
import { sayRefusal } from '../ui/say-refusal.ts';
import { createTexts } from '../ui/texts.ts';
import { flatParams, sayable } from '../ui/wording.ts';
import type { Said } from './command-line.ts';

/** Who decides at the command line, in the audit log. */
export const operator = 'operator';

const { t } = createTexts('en', { app: en, polaris: {} });
const style = (): Style => ({ language: 'en', timeZone: 'UTC', now: now() });

/** A sentence of the locale file, as the pages say it. */
export function sentence(key: string, params: Record<string, unknown> = {}): string {
  return t(key, sayable(flatParams(params), t, style())).replaceAll('\u00a0', ' ');
}

/** The sentence about a report file. */
export const aboutFile = (says: FileSaying | string): string => sayFile(says, t);

/** A refusal: the same sentence as on the pages, and its key as data. */
export function refusal(refused: Refused): Said {
  const text = sayRefusal(refused, t, style()).replaceAll('\u00a0', ' ');
  const data = { ok: false, guard: refused.guard, sentence: text, ...refused.params };
  return { ok: false, data, lines: [`${text} (${refused.guard})`] };
}

/** The lines of what a decision does. */
function effectLines(effects: readonly Effect[]): string[] {
  return effects.map(({ key, params }) => `  ${sentence(`effect.${key}`, params)}`);
}

/** With a preview: how to decide on just what it showed. */
function versionLine({ version }: Params): string[] {
  return typeof version === 'string' ? [`  --version ${version} decides on just this.`] : [];
}

/** What became of a decision, with everything it does and until when it can be undone. */
export function saidOf(chosen: Chosen, done: string): Said {
  if (!chosen.ok) return refusal(chosen);
  const { outcome, id, effects, params } = chosen;
  const undoUntil = chosen.undoUntil === null ? null : new Date(chosen.undoUntil).toISOString();
  const first = {
    preview: 'This would happen:',
    chosen: done,
    already_chosen: 'Decided already; nothing new was written down.',
    already_cancelled: 'Already cancelled on Amazon. Nothing was sent; Shopify is being brought in line.',
    taken_back: done,
  }[outcome];
  return {
    ok: true,
    data: { outcome, choice: id, undoUntil, effects, ...params },
    lines: [first, ...effectLines(effects), ...versionLine(params)],
  };
}
