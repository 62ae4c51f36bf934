import type { AmazonOrder } from './amazon-order.ts';

/** What the app can do for an order beyond bringing it in. */
export type ProgrammeAction = 'mark' | 'cancel' | 'ship' | 'refund';

/** `ask`: not established, or only under a condition; a person decides. */
export type Permission = 'yes' | 'ask' | 'no';

type Row = Readonly<Record<ProgrammeAction, Permission>>;

const free: Row = { mark: 'yes', cancel: 'yes', ship: 'yes', refund: 'yes' };
/** A programme that is not in the table allows marking only (IMP-13). */
const unknownProgramme: Row = { mark: 'yes', cancel: 'no', ship: 'no', refund: 'no' };

/** Amazon's names of programmes, of orders and of lines. */
const programmes = new Map<string, Row>(
  Object.entries({
    AMAZON_BUSINESS: free,
    PREMIUM: free,
    SUBSCRIBE_AND_SAVE: free,
    // Only where the label was not bought from Amazon, which confirms by itself.
    PRIME: { ...free, ship: 'ask' },
    // One code per unit has to go along.
    TRANSPARENCY: { ...free, ship: 'ask' },
    // Cancelling is possible only before the pick-up is scheduled, which cannot be seen here.
    AMAZON_EASY_SHIP: { mark: 'yes', cancel: 'ask', ship: 'ask', refund: 'ask' },
    DELIVERY_BY_AMAZON: { mark: 'yes', cancel: 'ask', ship: 'ask', refund: 'ask' },
    FBM_SHIP_PLUS: { mark: 'yes', cancel: 'ask', ship: 'no', refund: 'ask' },
    IN_STORE_PICK_UP: { mark: 'yes', cancel: 'ask', ship: 'no', refund: 'ask' },
  }),
);

const byAmazon: Row = { mark: 'yes', cancel: 'no', ship: 'no', refund: 'no' };
/** A free replacement: there is nothing to give back on it. */
const replacement: Row = { ...free, refund: 'no' };

const strictness: readonly Permission[] = ['yes', 'ask', 'no'];

/** Amazon's names of the programmes that are known here. */
export const knownProgrammes: readonly string[] = [...programmes.keys()];

/** What of an order decides about its programmes. */
type Programmed = Pick<AmazonOrder, 'programmes' | 'fulfilledBy' | 'replacementFor'> & {
  readonly lines: readonly { readonly programmes: readonly string[] }[];
};

/** Amazon's names of the programmes that an order and its lines are in, each once. */
export function programmesOf(order: Pick<Programmed, 'programmes' | 'lines'>): string[] {
  return [...new Set([...order.programmes, ...order.lines.flatMap((line) => line.programmes)])];
}

/** The programmes of an order and its lines that are not in the table, each once. */
export function unknownProgrammes(order: Programmed): readonly string[] {
  return programmesOf(order).filter((name) => !programmes.has(name));
}

/** Whether an order's programmes, its lines' programmes and its kind allow an action: the strictest of them decides. */
export function permission(order: Programmed, action: ProgrammeAction): Permission {
  const rows = programmesOf(order).map((name) => programmes.get(name) ?? unknownProgramme);
  if (order.fulfilledBy !== 'merchant') rows.push(byAmazon);
  if (order.replacementFor !== null) rows.push(replacement);
  const strictest = Math.max(0, ...rows.map((row) => strictness.indexOf(row[action])));
  return strictness[strictest] ?? 'no';
}
