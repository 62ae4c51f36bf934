import type { Settings } from '../domain/settings.ts';
import {
  noticeDraft,
  noticesOf,
  sameTargets,
  targetsOf,
  type NoticeDraft,
  type TargetsDraft,
} from './notice-draft.ts';

/** A carrier's name in Shopify, and what Amazon is told for it: a code of its own, or `Other:Name`. */
interface CarrierDraft {
  readonly name: string;
  readonly means: string;
}

/** What is approved by itself, as it is typed; an empty field is no condition. */
export interface AutoAcceptDraft {
  readonly on: boolean;
  /** Orders of less than that, by currency. */
  readonly underAmount: readonly { readonly currency: string; readonly amount: string }[];
  readonly withinHours: string;
  /** SKUs, one a line. */
  readonly notSkus: string;
}

/** Settings as they stand in the form: numbers as they were typed. */
export interface SettingsDraft {
  readonly stock: Settings['stock'];
  readonly fba: Settings['fba'];
  readonly acceptedCurrencies: string;
  readonly cancelReasons: Settings['cancelReasons'];
  readonly blindAfterMinutes: string;
  readonly undoMinutes: string;
  readonly restock: boolean;
  readonly dryRun: boolean;
  readonly untrackedAfterHours: string;
  readonly carriers: readonly CarrierDraft[];
  readonly refundsOnAmazon: Settings['refundsOnAmazon'];
  readonly autoAccept: AutoAcceptDraft;
  readonly notices: NoticeDraft;
  /** They are sealed apart from the settings. */
  readonly noticeTargets: TargetsDraft;
}

/** Where notices go, as it is saved. */
interface SavedTargets {
  readonly mails: readonly string[];
  readonly webhook: string | null;
}

/** The form for settings as they are. */
export function draftOf(
  settings: Settings,
  targets: SavedTargets = { mails: [], webhook: null },
): SettingsDraft {
  return {
    stock: settings.stock,
    fba: settings.fba,
    acceptedCurrencies: settings.acceptedCurrencies.join(', '),
    cancelReasons: settings.cancelReasons,
    blindAfterMinutes: String(settings.blindAfterMinutes),
    undoMinutes: String(settings.undoMinutes),
    restock: settings.restock,
    dryRun: settings.dryRun,
    untrackedAfterHours: String(settings.untrackedAfterHours),
    carriers: Object.entries(settings.carriers).map(([name, { code, name: own }]) => ({
      name,
      means: code ?? `Other:${own ?? name}`,
    })),
    refundsOnAmazon: settings.refundsOnAmazon,
    autoAccept: autoAcceptDraft(settings.autoAccept),
    notices: noticeDraft(settings.notices),
    noticeTargets: { mails: targets.mails.join('\n'), webhook: targets.webhook ?? '' },
  };
}

function autoAcceptDraft({ on, underAmount, withinHours, notSkus }: Settings['autoAccept']): AutoAcceptDraft {
  return {
    on,
    underAmount: Object.entries(underAmount ?? {}).map(([currency, amount]) => ({ currency, amount })),
    withinHours: withinHours === null ? '' : String(withinHours),
    notSkus: notSkus.join('\n'),
  };
}

/** Rules as the server reads them. Rows without currency and amount are left out; what is no number stays as it was typed. */
export function rulesOf({ on, underAmount, withinHours, notSkus }: AutoAcceptDraft): unknown {
  const rows = underAmount
    .map(({ currency, amount }) => [currency.trim().toUpperCase(), amount.trim()] as const)
    .filter(([currency, amount]) => currency !== '' || amount !== '');
  const hours = withinHours.trim();
  return {
    on,
    underAmount: rows.length === 0 ? null : Object.fromEntries(rows),
    withinHours: hours === '' ? null : /^\d+(\.\d+)?$/.test(hours) ? Number(hours) : hours,
    notSkus: notSkus
      .split('\n')
      .map((sku) => sku.trim())
      .filter((sku) => sku !== ''),
  };
}

/** An empty number would be read as 0; it is no number. */
const number = (text: string): string => (text.trim() === '' ? 'nothing' : text.trim());

/** A form as the server reads it; rows of carriers without a name or a meaning are left out. */
function meant(draft: SettingsDraft): Readonly<Record<keyof SettingsDraft, unknown>> {
  return {
    ...draft,
    acceptedCurrencies: draft.acceptedCurrencies
      .split(/[\s,;]+/)
      .filter((one) => one !== '')
      .map((one) => one.toUpperCase()),
    blindAfterMinutes: number(draft.blindAfterMinutes),
    undoMinutes: number(draft.undoMinutes),
    autoAccept: rulesOf(draft.autoAccept),
    notices: noticesOf(draft.notices),
    noticeTargets: targetsOf(draft.noticeTargets),
    untrackedAfterHours: number(draft.untrackedAfterHours),
    carriers: Object.fromEntries(
      draft.carriers
        .map(({ name, means }) => [name.trim(), means.trim()] as const)
        .filter(([name, means]) => name !== '' && means !== '' && means !== 'Other:'),
    ),
  };
}

/** A value as text; the database keeps the names of an object in an order of its own. */
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** What changed, as the server reads it: what is only typed otherwise is no change. */
export function changeOf(draft: SettingsDraft, saved: SettingsDraft): Readonly<Record<string, unknown>> {
  const [all, before] = [meant(draft), meant(saved)];
  const names = Object.keys(all) as (keyof SettingsDraft)[];
  const changed = names.filter((name) =>
    name === 'noticeTargets'
      ? !sameTargets(draft.noticeTargets, saved.noticeTargets)
      : inOrder(all[name]) !== inOrder(before[name]),
  );
  return Object.fromEntries(changed.map((name) => [name, all[name]]));
}
