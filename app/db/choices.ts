import type { Prisma } from '@prisma/client';
import { z } from 'zod';
import { amazonCancelReasons } from '../domain/cancel-reason.ts';
import {
  choiceKinds,
  choiceStates,
  messageReasons,
  type Choice,
  type ChoiceArgs,
  type ChoiceKind,
  type ChoiceOutcome,
} from '../domain/choice.ts';
import { amazonOrderId, type AmazonOrderId, type ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';
import { componentsShape } from './command-args.ts';

const argsShapes: { readonly [Kind in ChoiceKind]: z.ZodType<ChoiceArgs[Kind]> } = {
  cancel: z.object({
    amount: z.number().nullable(),
    reason: z.enum(amazonCancelReasons),
    restock: z.boolean(),
  }),
  cancel_lines: z.object({
    lines: z.array(z.object({ orderItemId: z.string(), quantity: z.number() })),
    reason: z.enum(amazonCancelReasons),
  }),
  decline: z.object({ n: z.number() }),
  informal: z.object({ lines: z.array(z.string()), why: z.enum(messageReasons), hold: z.boolean() }),
  unmark: z.object({ n: z.number() }),
  refund: z.object({
    items: z.array(z.object({ orderItemId: z.string(), components: componentsShape })),
    restock: z.boolean(),
  }),
  answer: z.object({ choice: z.string(), value: z.string().nullable() }),
};

function toChoice(row: Prisma.ChoiceGetPayload<object>): Choice {
  const kind = z.enum(choiceKinds).parse(row.kind);
  return {
    id: row.id,
    kind,
    subject: row.subject,
    args: argsShapes[kind].parse(row.args),
    state: z.enum(choiceStates).parse(row.state),
    by: row.by,
    at: row.at.getTime(),
    undoUntil: row.undoUntil.getTime(),
    endedAt: row.endedAt?.getTime() ?? null,
    outcome: row.outcome,
    // The shape was chosen by the kind, which the compiler cannot follow.
  } as Choice;
}

/** The choices of these orders, each order's first one first. A row this version cannot read is a bug and throws. */
export async function choicesOf(
  tx: Tx,
  shop: ShopDomain,
  ids: readonly AmazonOrderId[],
): Promise<Map<AmazonOrderId, Choice[]>> {
  const rows = await tx.choice.findMany({
    where: { shop, amazonOrderId: { in: [...ids] } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  const byOrder = new Map<AmazonOrderId, Choice[]>();
  for (const row of rows) {
    const id = amazonOrderId(row.amazonOrderId);
    byOrder.set(id, [...(byOrder.get(id) ?? []), toChoice(row)]);
  }
  return byOrder;
}

/** A choice as it is made. Times in ms UTC. */
export type NewChoice = {
  [Kind in ChoiceKind]: {
    readonly order: AmazonOrderId;
    readonly kind: Kind;
    readonly subject: string;
    readonly args: ChoiceArgs[Kind];
    readonly by: string;
    readonly at: number;
    readonly undoUntil: number;
  };
}[ChoiceKind];

const openKeyOf = ({ kind, order, subject }: NewChoice) => JSON.stringify([kind, order, subject]);

/**
 * Writes a choice down, with a line in the audit log. The same made twice while the first is open is one choice (CAN-7);
 * an answer replaces the one before it. Answers its id, and whether it is new.
 */
export async function addChoice(
  tx: Tx,
  shop: ShopDomain,
  choice: NewChoice,
): Promise<{ readonly id: string; readonly fresh: boolean }> {
  const openKey = openKeyOf(choice);
  const at = new Date(choice.at);
  if (choice.kind === 'answer')
    await tx.choice.updateMany({
      where: { shop, openKey },
      data: { state: 'withdrawn', openKey: null, endedAt: at },
    });
  const rows = await tx.$queryRaw<{ id: string }[]>`
    insert into choice (shop, amazon_order_id, kind, subject, args, state, open_key, by, at, undo_until)
    values (${shop}, ${choice.order}, ${choice.kind}, ${choice.subject}, ${JSON.stringify(choice.args)}::jsonb, 'open', ${openKey},
      ${choice.by}, ${at}, ${new Date(choice.undoUntil)})
    on conflict (shop, open_key) do nothing returning id::text`;
  const made = rows[0];
  if (!made) {
    const before = await tx.choice.findUniqueOrThrow({ where: { shop_openKey: { shop, openKey } } });
    return { id: before.id, fresh: false };
  }
  await tx.auditEntry.create({
    data: {
      shop,
      at,
      amazonOrderId: choice.order,
      actor: choice.by,
      action: `${choice.kind}:chosen`,
      after: { id: made.id, subject: choice.subject, args: choice.args },
    },
  });
  return { id: made.id, fresh: true };
}

/** Ends choices that are still open, at `now` (ms UTC). The caller's transaction has locked their orders. */
export async function endChoices(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  ends: readonly ChoiceOutcome[],
): Promise<void> {
  if (ends.length === 0) return;
  const at = new Date(now);
  await tx.$executeRaw`
    with x as (select * from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as x(id uuid, state text, outcome text)),
    ended as (
      update choice c set state = x.state, outcome = x.outcome, ended_at = ${at}, open_key = null
      from x where c.shop = ${shop} and c.id = x.id and c.state = 'open'
      returning c.amazon_order_id, c.kind, c.id, c.state, c.outcome)
    insert into audit_entry (shop, at, amazon_order_id, actor, action, before, after)
    select ${shop}, ${at}, amazon_order_id, 'concord', kind || ':' || state, jsonb_build_object('state', 'open'),
      jsonb_build_object('id', id, 'state', state, 'outcome', outcome)
    from ended`;
}

/**
 * Takes an open choice back, together with the commands it led to, where they still rest (CAN-8). False where it is too
 * late: the command is on its way, or the choice is over. A compare-and-set: who comes second loses.
 */
export async function takeBackChoice(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  choice: { readonly id: string; readonly by: string; readonly commandKeys: readonly string[] },
): Promise<boolean> {
  const at = new Date(now);
  // Orders are locked before their commands, as everywhere; what a batch claimed meanwhile is then seen as claimed.
  await tx.$queryRaw`
    select o.amazon_order_id from amazon_order o join choice c on c.shop = o.shop and c.amazon_order_id = o.amazon_order_id
    where c.shop = ${shop} and c.id = ${choice.id}::uuid for update of o`;
  const rows = await tx.$queryRaw<{ amazon_order_id: string; kind: string }[]>`
    with free as (
      select c.id, c.amazon_order_id, c.kind from choice c
      where c.shop = ${shop} and c.id = ${choice.id}::uuid and c.state = 'open' and not exists (
        select from command d where d.shop = ${shop} and d.key = any(${[...choice.commandKeys]}::text[]) and d.state not in ('planned', 'withdrawn'))
      for update),
    recalled as (
      update command d set state = 'withdrawn', ended_at = ${at}
      from free where d.shop = ${shop} and d.key = any(${[...choice.commandKeys]}::text[]) and d.state = 'planned' returning d.key),
    counted as (select count(*) from recalled)
    update choice c set state = 'withdrawn', ended_at = ${at}, open_key = null from free, counted
    where c.shop = ${shop} and c.id = free.id
    returning c.amazon_order_id, c.kind`;
  const back = rows[0];
  if (!back) return false;
  await tx.auditEntry.create({
    data: {
      shop,
      at,
      amazonOrderId: back.amazon_order_id,
      actor: choice.by,
      action: `${back.kind}:taken_back`,
      before: { state: 'open' },
      after: { id: choice.id, state: 'withdrawn' },
    },
  });
  return true;
}
