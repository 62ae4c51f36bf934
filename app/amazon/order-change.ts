import { z } from 'zod';
import { amazonOrderId, sellerId, type AmazonOrderId, type SellerId } from '../domain/ids.ts';

/** What an ORDER_CHANGE message says. It is a hint, never proof (REQ-13). */
export interface OrderChange {
  readonly sellerId: SellerId;
  readonly orderId: AmazonOrderId;
  /** Amazon's id of the message, the same each time it is delivered; null where it has none that can be used. */
  readonly notificationId: string | null;
  /** When the order changed, ms UTC, by Amazon's word; null where it does not say. */
  readonly changedAt: number | null;
  /** The lines the buyer wants out of; `whole`: the order, for no line of it tells; null: nobody asks. */
  readonly asked: readonly string[] | 'whole' | null;
}

/** What a message was understood as, or one sentence on why it was not. */
export type ReadMessage =
  { readonly ok: true; readonly change: OrderChange } | { readonly ok: false; readonly why: string };

/** Longest message that is looked at, in characters: four times what Amazon's own ever have. */
const longest = 1_048_576;

// Texts that are kept or compared: Amazon's own ids have nothing but these, whatever a message has.
const id = z.string().regex(/^[\w.:-]{1,200}$/);

const envelope = z.object({
  NotificationType: z.unknown().optional(),
  Payload: z.object({ OrderChangeNotification: z.unknown().optional() }).optional().catch(undefined),
  NotificationMetadata: z
    .looseObject({ NotificationId: id.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  EventTime: z.unknown().optional(),
});
const item = z.looseObject({
  OrderItemId: id.optional().catch(undefined),
  IsBuyerRequestedCancel: z.unknown().optional(),
});
const changeShape = z.looseObject({
  SellerId: id,
  AmazonOrderId: id,
  OrderChangeType: z.string().optional().catch(undefined),
  OrderChangeTrigger: z
    .looseObject({ TimeOfOrderChange: z.unknown().optional() })
    .optional()
    .catch(undefined),
  Summary: z
    .looseObject({ OrderItems: z.array(z.unknown()).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** True and false, also as text; null where it says neither. */
function flag(value: unknown): boolean | null {
  const text = String(typeof value === 'boolean' || typeof value === 'string' ? value : '').toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
}

/** Who is asked for. Where no line tells, a message that speaks of the buyer's own wish means the whole order. */
function askedOf({ OrderChangeType, Summary }: z.infer<typeof changeShape>): OrderChange['asked'] {
  const items = (Summary?.OrderItems ?? []).flatMap((raw) => {
    const read = item.safeParse(raw);
    return read.success ? [read.data] : [];
  });
  const flags = items.map((one) => flag(one.IsBuyerRequestedCancel));
  const asked = items.filter((_one, position) => flags[position] === true);
  if (asked.length === 0) {
    const silent = flags.every((one) => one === null);
    return OrderChangeType === 'BuyerRequestedChange' && silent ? 'whole' : null;
  }
  const ids = asked.flatMap((one) => one.OrderItemId ?? []);
  return ids.length < asked.length ? 'whole' : [...new Set(ids)].sort();
}

function timeOf(...values: readonly unknown[]): number | null {
  const times = values.map((value) => (typeof value === 'string' ? Date.parse(value) : Number.NaN));
  return times.find((time) => !Number.isNaN(time)) ?? null;
}

const refuse = (why: string): ReadMessage => ({ ok: false, why });

/**
 * Reads the body of a message of Amazon's notifications (type ORDER_CHANGE, payload 1.0). Unknown values and missing
 * fields are borne; without the seller or the order there is nothing to do.
 */
export function readOrderChange(body: string): ReadMessage {
  if (body.length > longest) return refuse('The message is longer than any of Amazon’s.');
  const raw = parseJson(body);
  if (raw === undefined) return refuse('The message is not JSON.');
  const outer = envelope.safeParse(raw);
  if (!outer.success) return refuse('The message does not have the shape of a notification.');
  const { NotificationType: type, Payload, NotificationMetadata, EventTime } = outer.data;
  if (type !== 'ORDER_CHANGE') return refuse('The message is of a type that was not subscribed to.');
  const inner = changeShape.safeParse(Payload?.OrderChangeNotification);
  if (!inner.success) return refuse('The message does not name its seller and its order.');
  const { SellerId, AmazonOrderId, OrderChangeTrigger } = inner.data;
  return {
    ok: true,
    change: {
      sellerId: sellerId(SellerId),
      orderId: amazonOrderId(AmazonOrderId),
      notificationId: NotificationMetadata?.NotificationId ?? null,
      changedAt: timeOf(OrderChangeTrigger?.TimeOfOrderChange, EventTime),
      asked: askedOf(inner.data),
    },
  };
}
