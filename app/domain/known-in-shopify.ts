import { carriedParts, type CarriedPart, type Prints } from './carried.ts';
import { comparePrints } from './compare-prints.ts';
import { commandsOfKind, createOrderKey, type Command } from './command.ts';
import type { AmazonOrderId } from './ids.ts';

/** What Shopify has from us of an order, as far as its commands tell. */
export interface KnownInShopify {
  readonly prints: Prints;
  /** The command, with all of its prints, that each of them comes from. */
  readonly from: Readonly<Record<keyof Prints, { readonly key: string; readonly carried: Prints }>>;
  /** Parts that a write of unknown outcome may have changed. */
  readonly doubtful: ReadonlySet<CarriedPart>;
  /** Parts that an update is about which is not done, and not replaced either. */
  readonly wanted: ReadonlySet<CarriedPart>;
  /** The last update, where there was one. */
  readonly last: Command<'update_order'> | undefined;
  /** All updates, the oldest first. */
  readonly updates: readonly Command<'update_order'>[];
  /** Fields that Shopify has not, because it refused them. */
  readonly without: readonly string[];
}

const done = new Set(['accepted', 'confirmed']);
const dark = new Set(['sending', 'unsure', 'withdrawn']);

/** Whether some try of a command may have had an effect that nobody knows of, or may have it still. */
export function isInDoubt(command: Command): boolean {
  return dark.has(command.state) || command.attempt > 1;
}

const ofAddress = new Set(['phone', 'province', 'country', 'address']);

/** What is missing after an update that was done: it wrote all of its parts anew, and the attributes always. */
function missingAfter(before: readonly string[], { args }: Command<'update_order'>): string[] {
  const rewritten = (name: string) =>
    name === 'attributes' || (args.parts.includes('address') && ofAddress.has(name));
  return [...before.filter((name) => !rewritten(name)), ...args.without];
}

/**
 * Reads it from the order's commands. Null where nobody wrote down what the order was made from: then nothing can be
 * compared.
 */
export function knownInShopify(commands: readonly Command[], id: AmazonOrderId): KnownInShopify | null {
  const create = commandsOfKind(commands, 'create_order').find(({ key }) => key === createOrderKey(id));
  if (!create?.args.carried) return null;
  const number = ({ key }: Command) => Number(key.split(':').at(-1));
  const updates = commandsOfKind(commands, 'update_order').sort((a, b) => number(a) - number(b));
  const made = { key: create.key, carried: create.args.carried };
  const from = { address: made, dates: made, quantities: made };
  let without = create.args.without;
  for (const update of updates.filter(({ state }) => done.has(state))) {
    for (const part of update.args.parts) from[part] = { key: update.key, carried: update.args.carried };
    without = missingAfter(without, update);
  }
  const last = updates.at(-1);
  const open = last && !done.has(last.state) && last.state !== 'superseded';
  const wanted = new Set(open ? last.args.parts : []);
  const doubtful = new Set(open && isInDoubt(last) ? last.args.parts : []);
  const prints = {
    address: from.address.carried.address,
    dates: from.dates.carried.dates,
    quantities: from.quantities.carried.quantities,
  };
  return { prints, from, wanted, doubtful, last, updates, without };
}

/**
 * Parts that Amazon shows otherwise than Shopify has them, or may have them. What Amazon did not give is no change, and neither
 * is what cannot be compared, for its key is gone: staff may have put something else there since.
 */
export function changedParts({ prints, wanted, doubtful }: KnownInShopify, shown: Prints): CarriedPart[] {
  return carriedParts.filter((part) => {
    if (shown[part] === null) return false;
    const compared = comparePrints(prints[part], shown[part]);
    return doubtful.has(part) || compared === 'different' || (compared === 'unknown' && wanted.has(part));
  });
}
