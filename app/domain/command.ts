import type { AmazonCancelReason, ShopifyCancelReason } from './cancel-reason.ts';
import type { CarriedPart, Prints } from './carried.ts';
import type { Components } from './components.ts';
import type { AmazonOrderId } from './ids.ts';

/** Units of a line of a fulfilment order. */
export interface HeldPart {
  readonly id: string;
  readonly quantity: number;
}

/** What each kind of write is told: nothing of a buyer. Ids are Shopify's. */
export interface CommandArgs {
  /**
   * `without` names the fields left out after Shopify refused them, `carried` is what the order was made from; null in it
   * where several tries were made from different readings. `takeStock`: it takes the shop's stock, so that it may be put back.
   */
  readonly create_order: {
    readonly without: readonly string[];
    readonly carried?: Prints | undefined;
    readonly takeStock?: boolean | undefined;
  };
  /** Writes these parts of an order anew, as Amazon shows them now. */
  readonly update_order: {
    readonly parts: readonly CarriedPart[];
    readonly without: readonly string[];
    readonly carried: Prints;
  };
  /** Shows a request: the record `n` as it was at this version. */
  readonly mark_order: { readonly n: number; readonly version: number };
  /** Holds parts of a fulfilment order, or all of it; `units` are those of order lines that the buyer wants out of. */
  readonly hold_order: {
    readonly fulfillmentOrder: string;
    /** Whose hold it is: because of a request, or while a cancel is under way (CAN-18). */
    readonly handle?: HoldHandle | undefined;
    readonly parts: readonly HeldPart[] | null;
    readonly units: readonly { readonly lineItem: string; readonly quantity: number }[];
  };
  /** Releases one hold of our own. */
  readonly release_hold: {
    readonly fulfillmentOrder: string;
    readonly handle?: HoldHandle | undefined;
    readonly hold: string;
    readonly lineItems: readonly string[];
  };
  /** Takes work back from a third party: `cancel` where it has not accepted it yet, else it is asked to. */
  readonly call_back: { readonly fulfillmentOrder: string; readonly how: 'cancel' | 'ask' };
  /** Cancels the whole order on Amazon: one message of an acknowledgement feed that lists every line. */
  readonly cancel_amazon: { readonly reason: AmazonCancelReason; readonly orderItemIds: readonly string[] };
  /** Refunds on Amazon, or tells it of cancelled units: one message of an adjustment feed. Minor units of `currency`. */
  readonly refund_amazon: {
    readonly reason: AdjustmentReason;
    readonly currency: string;
    readonly items: readonly AdjustedItem[];
  };
  /** Confirms one parcel on Amazon; `feed` where there is no tracking number, or many wait. `shippedAt` in ms UTC. */
  readonly ship_amazon: {
    readonly by: 'call' | 'feed';
    readonly reference: string;
    readonly carrierCode: string | null;
    readonly carrierName: string | null;
    readonly tracking: string | null;
    readonly shippedAt: number;
    readonly items: readonly { readonly orderItemId: string; readonly quantity: number }[];
  };
  /** Cancels the Shopify order; `refund`: gives back on the books all that is left of the payment. */
  readonly cancel_shopify: {
    readonly reason: ShopifyCancelReason;
    readonly restock: boolean;
    readonly refund: boolean;
  };
  /** Enters a refund in Shopify, on the payment that stands for Amazon's. Minor units of `currency`. */
  readonly refund_shopify: {
    readonly amount: number;
    readonly currency: string;
    readonly sale: { readonly id: string; readonly gateway: string } | null;
    readonly lines: readonly {
      readonly lineItem: string;
      readonly quantity: number;
      readonly restock: 'NO_RESTOCK' | 'CANCEL' | 'RETURN';
      readonly location: string | null;
    }[];
    readonly shipping: number;
    /** When the money moved on Amazon (ms UTC); null: now. */
    readonly at: number | null;
  };
  /** Shows in Shopify a parcel that was confirmed on Amazon. */
  readonly fulfil_shopify: {
    readonly reference: string;
    readonly tracking: string | null;
    readonly company: string | null;
    readonly work: readonly { readonly fulfillmentOrder: string; readonly parts: readonly HeldPart[] }[];
  };
  /** Takes a fulfilment back in Shopify, of goods that a person stopped. */
  readonly unfulfil_shopify: { readonly fulfillment: string };
}

/** The handles of this app's holds. */
export const holdHandles = ['concord-request', 'concord-cancelling'] as const;
export type HoldHandle = (typeof holdHandles)[number];

/** Why money is adjusted, in Amazon's words (OrderAdjustment.xsd). */
export const adjustmentReasons = [
  'CustomerReturn',
  'CustomerCancel',
  'NoInventory',
  'GeneralAdjustment',
  'CouldNotShip',
  'DifferentItem',
  'PriceError',
  'Other',
] as const;
export type AdjustmentReason = (typeof adjustmentReasons)[number];

/** One line of an adjustment. `adjustmentId` (at most 50 signs) comes back in settlements. */
export interface AdjustedItem {
  readonly orderItemId: string;
  readonly adjustmentId: string;
  readonly components: Components;
  /** Units that were cancelled and never shipped (CAN-15); such a line moves no money. */
  readonly quantityCancelled?: number | undefined;
}

/** Every kind of write the app decides on. */
export type CommandKind = keyof CommandArgs;

/** What moves goods or money, or says that they moved. */
export const movingKinds = [
  'cancel_amazon',
  'refund_amazon',
  'ship_amazon',
  'cancel_shopify',
  'refund_shopify',
  'fulfil_shopify',
  'unfulfil_shopify',
] as const satisfies readonly CommandKind[];

export const commandKinds = [
  'create_order',
  'update_order',
  'mark_order',
  'hold_order',
  'release_hold',
  'call_back',
  ...movingKinds,
] as const satisfies readonly CommandKind[];

export const commandStates = [
  'planned',
  'sending',
  'unsure',
  'accepted',
  'confirmed',
  'refused',
  'withdrawn',
  'superseded',
] as const;
export type CommandState = (typeof commandStates)[number];

/** What a refused command said: the field of the service's input, and its own words. */
export interface Refusal {
  readonly field: string;
  readonly text: string;
}

/** A command row of one kind. Times in milliseconds UTC. */
interface Row<Kind extends CommandKind> {
  readonly id: string;
  readonly key: string;
  readonly kind: Kind;
  readonly state: CommandState;
  readonly attempt: number;
  readonly args: CommandArgs[Kind];
  readonly sentAt: number | null;
  readonly endedAt: number | null;
  readonly refusal: Refusal | null;
  /** It rests until then, and can be taken back (CAN-8). */
  readonly notBefore: number | null;
  /** When the reading began that last proved it right to send: a batch takes it only while that is fresh. */
  readonly provedAt: number | null;
  /** Shopify's id of the work that an accepted cancel started. */
  readonly job: string | null;
}

/** A command row. */
export type Command<Kind extends CommandKind = CommandKind> = { [K in Kind]: Row<K> }[Kind];

interface ToSend<Kind extends CommandKind> {
  readonly kind: Kind;
  readonly key: string;
  readonly from: CommandState | null;
  readonly args: CommandArgs[Kind];
}

/** A write that shall be sent now. `from` is the state it is claimed out of; null: there is no row yet. */
export type CommandToSend<Kind extends CommandKind = CommandKind> = { [K in Kind]: ToSend<K> }[Kind];

interface ToPlan<Kind extends CommandKind> extends ToSend<Kind> {
  /** It rests until then (ms UTC); null: it may go with the next batch. */
  readonly notBefore: number | null;
  /** When the reading began that proves it right to send (ms UTC); null: there is none yet. */
  readonly provedAt: number | null;
}

/** A write that shall rest, or go with a batch for Amazon. */
export type CommandToPlan<Kind extends CommandKind = CommandKind> = { [K in Kind]: ToPlan<K> }[Kind];

/** The commands of one kind. */
export function commandsOfKind<Kind extends CommandKind>(
  commands: readonly Command[],
  kind: Kind,
): Command<Kind>[] {
  return commands.flatMap((one) => (one.kind === kind ? [one as Command<Kind>] : []));
}

/** The key of the one command that creates an order: kind and the fact it comes from, never an amount or a time. */
export function createOrderKey(order: AmazonOrderId): string {
  return `create_order:${order}`;
}

/** The key of an order's update; `n`: how many there were before. */
export function updateOrderKey(order: AmazonOrderId, n: number): string {
  return `update_order:${order}:${n}`;
}

/** A new order may stay invisible to Shopify's search, or the effect of a lost call come late, for so long (ms). */
export const createEffectMs = 10 * 60_000;

/**
 * What `unsure` means for each kind of write. `repeat`: repeating is harmless. `look`: look first, for so long (ms) after
 * the write was sent, since its effect may come late and search lags; only then send again.
 */
export const whenUnsure: Record<CommandKind, { then: 'repeat' } | { then: 'look'; forMs: number }> = {
  create_order: { then: 'look', forMs: createEffectMs },
  // Other contents wait until it can come no more (`later-changes.ts`).
  update_order: { then: 'repeat' },
  mark_order: { then: 'repeat' },
  // A second hold with the same handle is refused, a hold can be released once, and a cancellation asked for once.
  hold_order: { then: 'repeat' },
  release_hold: { then: 'repeat' },
  call_back: { then: 'repeat' },
  // Their batch finds out (`feed-outcome.ts`); nothing is looked for by time alone.
  cancel_amazon: { then: 'look', forMs: createEffectMs },
  refund_amazon: { then: 'look', forMs: Infinity },
  // The same package reference again is an edit of the same parcel.
  ship_amazon: { then: 'repeat' },
  // A cancelled order is not cancelled twice; still its refund should be seen first.
  cancel_shopify: { then: 'look', forMs: createEffectMs },
  // Its key makes the same refund once.
  refund_shopify: { then: 'repeat' },
  fulfil_shopify: { then: 'look', forMs: createEffectMs },
  unfulfil_shopify: { then: 'repeat' },
};
