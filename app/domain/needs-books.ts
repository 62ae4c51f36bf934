import type { AmazonMove } from './amazon-move.ts';
import type { AmazonOrder } from './amazon-order.ts';
import type { Choice } from './choice.ts';
import { movingKinds, type Command, type CommandKind } from './command.ts';
import { mayHoldForCancel } from './hold-for-cancel.ts';
import type { ShopifyOrder } from './shopify-order.ts';

const moving: ReadonlySet<CommandKind> = new Set(movingKinds);

/**
 * Shopify's words for an order of which nothing has left. ON_HOLD, SCHEDULED, IN_PROGRESS and REQUEST_DECLINED are said of
 * what is not fulfilled yet: a part may have left before.
 * https://shopify.dev/docs/api/admin-graphql/latest/enums/OrderDisplayFulfillmentStatus
 */
const untouched = new Set(['UNFULFILLED', 'OPEN']);

/** What is known of an order without looking at it. */
interface Given {
  readonly commands: readonly Command[];
  readonly choices: readonly Choice[];
  readonly moves: readonly AmazonMove[];
}

/** Whether its books have to be read whatever its head shows: money or goods moved, or somebody wants them to. */
export function surelyNeedsBooks({ commands, choices, moves }: Given): boolean {
  return choices.length > 0 || moves.length > 0 || commands.some(({ kind }) => moving.has(kind));
}

/**
 * Whether what Shopify has on its books of an order has to be read: something beyond its creation happened on either side,
 * or somebody wants it to. It costs Shopify's points, so that orders nobody touched are spared it.
 */
export function needsBooks(order: AmazonOrder | null, linked: ShopifyOrder, given: Given): boolean {
  if (surelyNeedsBooks(given)) return true;
  const paid = linked.financialStatus === 'PAID' || linked.total.amount === 0;
  if (linked.cancelledAt !== null || !paid) return true;
  const shipped = order?.status === 'shipped' || order?.status === 'partially_shipped';
  if (shipped && linked.fulfillmentStatus === 'FULFILLED') return false;
  if (shipped || order?.status === 'cancelled') return true;
  return (
    !untouched.has(linked.fulfillmentStatus) ||
    (order?.lines.some((line) => line.cancelled !== null) ?? false)
  );
}

/**
 * Whether the work on an order in Shopify has to be looked at though its buyer asked for nothing: a cancel is under way, a
 * hold of one may still stand, or a parcel that was confirmed on Amazon is to be shown.
 */
export function needsWork(
  order: AmazonOrder | null,
  given: { readonly commands: readonly Command[]; readonly choices: readonly Choice[] },
): boolean {
  if (given.choices.some(isWished)) return true;
  // What Amazon cancelled stays held.
  if (order?.status !== 'cancelled' && mayHoldForCancel(given.commands)) return true;
  if (order?.status === 'shipped' || order?.status === 'partially_shipped')
    return given.commands.some(isOpenFulfilment) || hasForeignParcel(order, given.commands);
  return given.commands.some(
    ({ kind, state }) => kind === 'cancel_amazon' && state !== 'confirmed' && state !== 'superseded',
  );
}

/** Something was shipped on Amazon's side of which Shopify may not know yet: neither told by us nor entered by us. */
function hasForeignParcel(order: AmazonOrder, commands: readonly Command[]): boolean {
  const known = new Set(
    commands.flatMap((one) =>
      one.kind === 'ship_amazon' || (one.kind === 'fulfil_shopify' && one.state === 'confirmed')
        ? [one.args.reference]
        : [],
    ),
  );
  if (order.packages.some(({ reference }) => !known.has(reference))) return true;
  const inParcels = order.packages
    .flatMap(({ items }) => items)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const fulfilled = order.lines.reduce((sum, line) => sum + (line.quantityFulfilled ?? 0), 0);
  return fulfilled > inParcels && !known.has(`units-${String(fulfilled)}`);
}

const isOpenFulfilment = ({ kind, state }: Command): boolean =>
  kind === 'fulfil_shopify' && state !== 'confirmed';

/** What a person decided and is not carried out; an answer to a problem stays open for ever, and asks for no work. */
const isWished = ({ kind, state }: Choice): boolean => state === 'open' && kind !== 'answer';
