import { answerTo } from './choice.ts';
import { amazonCarrier, amazonCarrierCodes, type AmazonCarrier } from './carriers.ts';
import type { CommandArgs } from './command.ts';
import type { Case } from './dealing.ts';
import { count } from './line-units.ts';
import type { Sent } from './parcels.ts';

type Parcel = CommandArgs['ship_amazon'];

/** What Amazon is to be told of a parcel, beside its units. */
export type Contents = Pick<Parcel, 'carrierCode' | 'carrierName' | 'tracking'>;

/** Contents, or why they are not known. */
export type Wanted =
  | { readonly is: 'known'; readonly contents: Contents }
  | { readonly is: 'no_number'; readonly contents: Contents }
  | { readonly is: 'several'; readonly n: number };

/** A carrier that a person named for a parcel which Amazon refused. */
function corrected({ situation }: Case, parcel: string): AmazonCarrier | null {
  const answer = answerTo(situation.choices, 'ship_refused', parcel)?.args;
  const value = answer?.choice === 'correct_carrier' ? (answer.value ?? '').trim() : '';
  if (value === '') return null;
  return amazonCarrierCodes.has(value) ? { code: value, name: null } : { code: 'Other', name: value };
}

function contentsOf(one: Case, parcel: string, sent: Sent, tracking: string | null): Contents {
  const { tracking: all } = sent.fulfillment;
  const row = all.find(({ number }) => (number ?? '').trim() === tracking) ?? all[0];
  const own = new Map(Object.entries(one.situation.settings.carriers));
  const carrier =
    corrected(one, parcel) ?? amazonCarrier(row?.company ?? null, tracking, one.order.marketplaceId, own);
  return { tracking, carrierCode: carrier?.code ?? null, carrierName: carrier?.name ?? null };
}

/**
 * What Amazon is to be told of a fulfilment. `before`: what it was told last: a number that is still one of several stays.
 * Several numbers without a split of lines are asked about; of a single unit the first is meant (FUL-3).
 */
export function parcelContents(one: Case, parcel: string, sent: Sent, before: Parcel | null): Wanted {
  const [first, ...more] = sent.numbers;
  if (first === undefined) {
    // A number that was taken away later is still true of the parcel.
    if (before !== null && before.tracking !== null)
      return { is: 'known', contents: contentsOf(one, parcel, sent, before.tracking) };
    return { is: 'no_number', contents: contentsOf(one, parcel, sent, null) };
  }
  const known = (number: string): Wanted => ({
    is: 'known',
    contents: contentsOf(one, parcel, sent, number),
  });
  if (more.length === 0) return known(first);
  const told = sent.numbers.find((number) => number === before?.tracking);
  if (told !== undefined) return known(told);
  const answer = answerTo(one.situation.choices, 'several_numbers', parcel)?.args.choice;
  if (count(sent.units) === 1 || answer === 'first') return known(first);
  return { is: 'several', n: sent.numbers.length };
}
