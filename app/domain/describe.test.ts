import { existsSync, readFileSync } from 'node:fs';
import { describe as group, expect, it } from 'vitest';
import { describe, stateKeys, states, type StateKey } from './describe.ts';
import { problemTones } from './problem.ts';

const design = '../shared/design/pages.md';
const own: readonly StateKey[] = [
  'duplicate_suspected',
  'adoption_unclear',
  'import_failed',
  'differs',
  'before_import',
  'other_marketplace',
  'cancel_seen_in_shopify',
  'reason_asked',
  'left_as_it_is',
  'refund_does_not_fit',
  'refund_refused',
  'refund_waits_data',
  'ship_following',
  'ship_asked',
  'fulfilment_undone',
  'ship_elsewhere',
];
const ownKinds = [
  'sides_differ',
  'order_unreadable',
  'parcel_not_taken_back',
  'amazon_data_odd',
  'field_left_out',
  'mark_refused',
  'hold_not_released',
  'adoption_unclear',
  'change_not_carried',
  'cancel_not_sent',
  'refund_refused',
  'rest_recorded',
  'ship_ask',
];

/** Rows of the design's table between two headings, as cells without their marks. */
function rows(from: string, to: string): string[][] {
  const text = readFileSync(design, 'utf8');
  return text
    .slice(text.indexOf(from), text.indexOf(to))
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
}

group('what is said of an order', () => {
  it('the worst of what fits is the state, the rest stands beside it', () => {
    const fitting = (key: StateKey) => ({ key, params: { n: 1 } });
    expect(describe((['in_step', 'unlinked_lines', 'totals_differ'] as const).map(fitting))).toEqual({
      ...fitting('totals_differ'),
      ...states.totals_differ,
      also: [fitting('unlinked_lines'), fitting('in_step')],
    });
    expect(() => describe([])).toThrow();
  });

  it('the order of precedence is this one', () => {
    expect(stateKeys).toEqual([
      'duplicate_suspected',
      'adoption_unclear',
      'import_failed',
      'stop_parcel',
      'not_stopped',
      'decide_refund',
      'cancelled_shopify_goods_gone',
      'refused_shipped',
      'refused_other',
      'late_cancelled',
      'quarantined',
      'amazon_unreadable',
      'shopify_unreadable',
      'request_unknown',
      'undo_running',
      'refund_undo',
      'cancel_waiting_batch',
      'cancel_waiting_readable',
      'cancel_sent',
      'cancel_unsure',
      'cancel_accepted',
      'shopify_half',
      'shopify_half_failed',
      'cancel_seen_in_shopify',
      'no_refund_in_shopify',
      'reason_asked',
      'sources_differ',
      'asked_too_late',
      'asked_not_held',
      'asked_held',
      'asked_some_lines',
      'informal_waiting',
      'declined_waiting_ship',
      'partial_pending',
      'ship_late',
      'ship_soon',
      'ship_confirming',
      'ship_following',
      'ship_asked',
      'ship_no_tracking',
      'fulfilment_undone',
      'ship_refused',
      'refund_waits_ship',
      'refund_does_not_fit',
      'refund_refused',
      'refund_waits_data',
      'refund_sent',
      'refund_missing_shopify',
      'refund_following',
      'refund_missing_amazon',
      'differs',
      'totals_differ',
      'changed_after_ship',
      'adopted',
      'dry_run',
      'unlinked_lines',
      'importing',
      'pending_amazon',
      'never_created',
      'before_import',
      'other_marketplace',
      'fba_view',
      'deleted_shopify',
      'ship_elsewhere',
      'left_as_it_is',
      'finance_wait',
      'cancelled_in_step',
      'refunded_in_step',
      'shipped_in_step',
      'in_step',
    ]);
  });

  it('every state lets a person look again, and offers nothing that is not allowed', () => {
    for (const [key, { next, allowed }] of Object.entries(states)) {
      expect(allowed, key).toContain('look_again');
      if (next !== null) expect(allowed, key).toContain(next);
    }
  });

  it('IMP-6: what Amazon fulfils can only be looked at', () => {
    expect(states.fba_view.allowed).toEqual(['look_again', 'open_amazon', 'open_shopify']);
  });
});

group.skipIf(!existsSync(design))('the page design', () => {
  const designed = existsSync(design)
    ? rows('## 3. State', '## 4. Pages').flatMap((cells) => {
        const key = /^`([a-z_]+)`/.exec(cells[2] ?? '')?.[1];
        const tone = /\((–|critical|warning|attention|info|success)\)$/.exec(cells[3] ?? '')?.[1];
        return key === undefined ? [] : [{ key, tone: tone === '–' ? 'neutral' : tone }];
      })
    : [];

  it('names every state but our own, in the same order of precedence', () => {
    expect(designed.length).toBeGreaterThan(50);
    const keys = designed.map((row) => row.key);
    const shared = stateKeys.filter((key) => !own.includes(key));
    expect(keys.filter((key) => (stateKeys as readonly string[]).includes(key))).toEqual(shared);
    expect(own.filter((key) => keys.includes(key))).toEqual([]);
  });

  it('has the same tone for each', () => {
    const ours = designed.filter((row) => row.key in states);
    expect(ours.map(({ key }) => ({ key, tone: states[key as StateKey].tone }))).toEqual(ours);
  });

  it('names every kind of problem but our own, with the same tone', () => {
    const catalogue = new Map(
      rows('## 5. Problem catalogue', '## 6. Standard copy').flatMap((cells) => {
        const kind = /^`([a-z_]+)`/.exec(cells[1] ?? '')?.[1];
        return kind === undefined ? [] : [[kind, cells[2]] as const];
      }),
    );
    expect(catalogue.size).toBeGreaterThan(50);
    const extra = Object.keys(problemTones).filter((kind) => !catalogue.has(kind));
    expect(extra.sort()).toEqual([...ownKinds].sort());
    for (const [kind, tone] of Object.entries(problemTones))
      expect([kind, catalogue.get(kind) ?? tone]).toEqual([kind, tone]);
  });
});
