import type { KeptRow } from '../db/quarantine.ts';
import { keptKinds } from '../domain/kept-kind.ts';
import { flatParams, type Params } from './wording.ts';

/** One row of the quarantine as it goes to the browser. Times in ms UTC. */
export interface KeptView extends Omit<KeptRow, 'params'> {
  readonly params: Params;
}

/** Makes a row of the database fit for the browser. */
export function keptView(row: KeptRow): KeptView {
  return { ...row, params: flatParams(row.params) };
}

/** The tabs of its page: what waits by its kind, and what was left as it is. */
export const quarantineTabs = [...keptKinds, 'left'] as const;
