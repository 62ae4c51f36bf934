import type { Command } from './command.ts';

/** Parts of the Shopify order that can be left out when Shopify refuses them, the most dispensable first. */
const dispensable = [
  { name: 'phone', fits: /phone/i },
  { name: 'province', fits: /province|\bstate\b/i },
  { name: 'poNumber', fits: /po[ _]?number/i },
  { name: 'attributes', fits: /custom ?attributes|note_attributes/i },
  { name: 'properties', fits: /properties/i },
  { name: 'variants', fits: /variant/i },
  { name: 'location', fits: /\blocation/i },
  { name: 'country', fits: /country/i },
  { name: 'address', fits: /address|\bzip\b|\bcity\b/i },
] as const;

/** A part that an order can come in without. */
export type Dispensable = (typeof dispensable)[number]['name'];

/** What a person may leave out of an order after a refusal: all that can be, and was not yet (PRO-4). */
export function dispensableParts({ args }: Pick<Command<'create_order'>, 'args'>): readonly Dispensable[] {
  return dispensable.map(({ name }) => name).filter((name) => !args.without.includes(name));
}

/** What to leave out at the next try after a refusal, with what was left out before; null where nothing helps. */
export function leaveOutNext(
  command: Pick<Command<'create_order' | 'update_order'>, 'refusal' | 'args'>,
): readonly string[] | null {
  const { refusal, args } = command;
  if (!refusal) return null;
  const text = `${refusal.field} ${refusal.text}`;
  const hit = dispensable.find(({ name, fits }) => fits.test(text) && !args.without.includes(name));
  return hit ? [...args.without, hit.name] : null;
}

/** The same for an update: without the very part that changed it would not be one. */
export function leaveOutOfUpdate(command: Command<'update_order'>): readonly string[] | null {
  const without = leaveOutNext(command);
  const needed = command.args.parts.includes('address') ? 'address' : 'attributes';
  return without?.includes(needed) ? null : without;
}
