import type { LeasedOrder } from '../db/leases.ts';
import type { AmazonMove } from '../domain/amazon-move.ts';
import type { Choice } from '../domain/choice.ts';
import type { Command } from '../domain/command.ts';
import type { AmazonReading, Decision } from '../domain/decide.ts';
import type { CancelRequest, Claim } from '../domain/request.ts';
import type { KnownFact } from '../domain/shopify-fact.ts';
import type { ShopifyReading } from '../domain/shopify-order.ts';

/** One order while it is being reconciled. */
export interface Work {
  order: LeasedOrder;
  amazon: AmazonReading;
  commands: readonly Command[];
  requests: readonly CancelRequest[];
  claims: readonly Claim[];
  choices: readonly Choice[];
  facts: readonly KnownFact[];
  moves: readonly AmazonMove[];
  shopify: ShopifyReading | null;
  decision: Decision | null;
  /** A person decides on it: all that Shopify has of it is read, whatever happened. */
  readonly wholeBooks?: true;
  /** A write that did not come about: when to try again (ms UTC); nothing more is sent for the order until then. */
  held: { readonly at: number | null; readonly why: string } | null;
}
