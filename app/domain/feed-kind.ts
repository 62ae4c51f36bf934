import type { CommandArgs, CommandKind } from './command.ts';
import type { AmazonOrderId } from './ids.ts';

/** The kinds of writes that go to Amazon as messages of batches; cancels first, then refunds, then shipments (PRO-5). */
export const feedKinds = ['cancel_amazon', 'refund_amazon', 'ship_amazon'] as const;
export type FeedKind = (typeof feedKinds)[number];

/** Whether a kind of write goes with batches. */
export function isFeedKind(kind: CommandKind): kind is FeedKind {
  return (feedKinds as readonly CommandKind[]).includes(kind);
}

interface InFeed<Kind extends FeedKind> {
  readonly id: string;
  readonly key: string;
  readonly kind: Kind;
  readonly amazonOrderId: AmazonOrderId;
  readonly messageNo: number;
  readonly args: CommandArgs[Kind];
}

/** A command as a message of a batch. */
export type CommandOfFeed<Kind extends FeedKind = FeedKind> = { [K in Kind]: InFeed<K> }[Kind];
