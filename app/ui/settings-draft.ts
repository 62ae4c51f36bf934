import type { Settings } from '../domain/settings.ts';

/** A carrier's name in Shopify, and what Amazon is told for it: a code of its own, or `Other:Name`. */
interface CarrierDraft {
  readonly name: string;
  readonly means: string;
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
}

/** The form for settings as they are. */
export function draftOf(settings: Settings): SettingsDraft {
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
  };
}

/** An empty number would be read as 0; it is no number. */
const number = (text: string): string => (text.trim() === '' ? 'nothing' : text.trim());

/** What changed, as the server reads it; rows of carriers without a name or a meaning are left out. */
export function changeOf(draft: SettingsDraft, saved: SettingsDraft): Readonly<Record<string, unknown>> {
  const all: Record<keyof SettingsDraft, unknown> = {
    ...draft,
    acceptedCurrencies: draft.acceptedCurrencies
      .split(/[\s,;]+/)
      .filter((one) => one !== '')
      .map((one) => one.toUpperCase()),
    blindAfterMinutes: number(draft.blindAfterMinutes),
    undoMinutes: number(draft.undoMinutes),
    untrackedAfterHours: number(draft.untrackedAfterHours),
    carriers: Object.fromEntries(
      draft.carriers
        .map(({ name, means }) => [name.trim(), means.trim()] as const)
        .filter(([name, means]) => name !== '' && means !== '' && means !== 'Other:'),
    ),
  };
  const names = Object.keys(all) as (keyof SettingsDraft)[];
  const changed = names.filter((name) => JSON.stringify(draft[name]) !== JSON.stringify(saved[name]));
  return Object.fromEntries(changed.map((name) => [name, all[name]]));
}
