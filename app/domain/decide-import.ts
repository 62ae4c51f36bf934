import type { AmazonOrder } from './amazon-order.ts';
import { createEffectMs, createOrderKey, whenUnsure, type Command, type CommandArgs } from './command.ts';
import type { Decision, Situation } from './decide.ts';
import { describe, type Fitting } from './describe.ts';
import { compareSides } from './compare-sides.ts';
import { importFlags } from './import-flags.ts';
import { draftOrder, type OrderDraft } from './order-draft.ts';
import type { ProblemDraft } from './problem.ts';
import type { ShopifyOrder, ShopifyReading } from './shopify-order.ts';

type Looked = Extract<ShopifyReading, { kind: 'read' }>;

const nothing: Omit<Decision, 'description'> = {
  send: [],
  events: [],
  link: null,
  problems: [],
  dueAgain: null,
};

function stays(
  key: Fitting['key'],
  params: Fitting['params'] = {},
  problems: readonly ProblemDraft[] = [],
): Decision {
  return { ...nothing, problems, description: describe([{ key, params }]) };
}

/** Fields of the Shopify order that can be left out when Shopify refuses them, the most dispensable first. */
const dispensable = [
  { name: 'phone', fits: /phone/i },
  { name: 'province', fits: /province|state/i },
  { name: 'poNumber', fits: /ponumber|po_number/i },
  { name: 'attributes', fits: /customattributes|note_attributes/i },
  { name: 'properties', fits: /properties/i },
  { name: 'address', fits: /address|country|zip|city/i },
] as const;

/** What to leave out next after a refusal; null where nothing helps. */
function leaveOutNext(command: Command): readonly string[] | null {
  const refusal = command.refusal;
  if (!refusal) return null;
  const text = `${refusal.field} ${refusal.text}`.replaceAll(/[\s_]/g, '');
  const hit = dispensable.find((d) => d.fits.test(text) && !command.args.without.includes(d.name));
  return hit ? [...command.args.without, hit.name] : null;
}

function create(
  situation: Situation,
  command: Command | undefined,
  args: CommandArgs,
  draft: OrderDraft,
  order: AmazonOrder,
): Decision {
  return {
    ...nothing,
    send: [{ kind: 'create_order', key: createOrderKey(order.id), from: command?.state ?? null, args }],
    problems: importFlags(situation, order, draft, args.without),
    description: describe([{ key: 'importing', params: {} }]),
  };
}

/** A write whose answer is missing: look for its effect at growing distances, and send again only when that is over. */
function lookForLost(
  situation: Situation,
  command: Command,
  draft: OrderDraft,
  order: AmazonOrder,
): Decision {
  const policy = whenUnsure[command.kind];
  const sentAt = command.sentAt ?? situation.now;
  const passed = situation.now - sentAt;
  if (policy.then === 'repeat' || passed >= policy.forMs)
    return create(situation, command, command.args, draft, order);
  const lag = passed < 2 * 60_000;
  const wait = Math.min(Math.max(5_000, passed), 2 * 60_000, policy.forMs - passed);
  return {
    ...stays('importing'),
    events: command.state === 'unsure' ? [] : [{ key: command.key, event: 'answer_lost' }],
    dueAgain: { at: situation.now + wait, reason: lag ? 'search_lag' : 'looking' },
  };
}

function failed(order: AmazonOrder, field: string, text: string): Decision {
  const params = { field, text, id: order.id };
  return stays('import_failed', params, [{ kind: 'import_failed', subject: field, params }]);
}

function decideCreate(situation: Situation, order: AmazonOrder): Decision {
  const draft = draftOrder(order, situation.skus, situation.settings);
  if (!draft) {
    const field = order.lines.length === 0 ? 'orderItems' : 'proceeds.grandTotal.currencyCode';
    const text =
      order.lines.length === 0
        ? 'Amazon gave no lines.'
        : 'Amazon gave no line that can be ordered, or no currency.';
    return failed(order, field, text);
  }
  const command = situation.commands.find((c) => c.key === createOrderKey(order.id));
  if (!command) return create(situation, undefined, { without: [] }, draft, order);
  switch (command.state) {
    case 'planned':
      return create(situation, command, command.args, draft, order);
    case 'sending':
    case 'unsure':
      return lookForLost(situation, command, draft, order);
    case 'refused': {
      const asked = situation.wantedAt !== null && situation.wantedAt > (command.endedAt ?? 0);
      if (asked) return create(situation, command, command.args, draft, order);
      const without = leaveOutNext(command);
      if (without) return create(situation, command, { without }, draft, order);
      return failed(
        order,
        command.refusal?.field ?? 'order',
        command.refusal?.text ?? 'Shopify refused the order.',
      );
    }
    case 'accepted':
    case 'confirmed':
    case 'withdrawn':
    case 'superseded':
      return stays('deleted_shopify', { id: order.id });
  }
}

/** An order that is not in Shopify and shall not be, as things are; null where it shall. */
function staysOut(situation: Situation, order: AmazonOrder): Decision | null {
  if (order.status === 'pending' || order.status === 'pending_availability') return stays('pending_amazon');
  if (order.status === 'cancelled') return stays('never_created');
  if (order.fulfilledBy === 'amazon' && situation.settings.fba === 'off') return stays('fba_view');
  if (order.createdAt < situation.importFrom && situation.wantedAt === null) return stays('before_import');
  return null;
}

function linked(situation: Situation, order: AmazonOrder, found: ShopifyOrder): Decision {
  const command = situation.commands.find((c) => c.key === createOrderKey(order.id));
  // Without our own mark, and never asked for by us, somebody else brought it in.
  const adopted = situation.link.shopifyOrderId ? situation.link.adopted : found.ownMark === null;
  const draft = draftOrder(order, situation.skus, situation.settings);
  const flags = adopted || !draft ? [] : importFlags(situation, order, draft, command?.args.without ?? []);
  const problems: ProblemDraft[] = [...flags];
  if (adopted)
    problems.push({ kind: 'adopted_confirm', subject: '', params: { id: order.id, name: found.name } });
  return {
    ...nothing,
    events: command && command.state !== 'confirmed' ? [{ key: command.key, event: 'seen' }] : [],
    link: situation.link.shopifyOrderId ? null : { shopifyOrderId: found.id, name: found.name, adopted },
    problems,
    description: describe(compareSides(order, found, adopted, flags)),
  };
}

/** Linked, yet Shopify does not show it: deleted, unless it was made just now or is too old to be read (IMP-5). */
function linkedUnseen(situation: Situation, order: AmazonOrder): Decision {
  const command = situation.commands.find((c) => c.key === createOrderKey(order.id));
  const since = command?.endedAt ?? 0;
  if (command?.state === 'accepted' && situation.now - since < createEffectMs) {
    const wait = Math.max(2_000, situation.now - since);
    const reason = situation.now - since < 2 * 60_000 ? 'search_lag' : 'looking';
    return { ...stays('importing'), dueAgain: { at: situation.now + wait, reason } };
  }
  const id = order.id;
  if (!situation.shop.readsAllOrders && situation.now - order.createdAt > 59 * 24 * 3_600_000) {
    return stays('shopify_unreadable', { id }, [
      { kind: 'shop_scope_missing', subject: 'read_all_orders', params: { scope: 'read_all_orders' } },
    ]);
  }
  return stays('deleted_shopify', { id }, [
    { kind: 'order_deleted', subject: '', params: { id, shipBy: order.shipBy.latest } },
  ]);
}

/** Whether and how an Amazon order comes into Shopify, exactly once (IMP-1, IMP-5). */
export function decideImport(situation: Situation, order: AmazonOrder, shopify: Looked): Decision {
  const distinct = new Map(
    [...(shopify.found ?? []), ...(shopify.linked ? [shopify.linked] : [])].map((o) => [o.id, o]),
  );
  const all = [...distinct.values()];
  if (all.length > 1) {
    const params = { id: order.id, a: all[0]?.name ?? '', b: all[1]?.name ?? '' };
    return stays('duplicate_suspected', params, [{ kind: 'duplicate_suspected', subject: '', params }]);
  }
  if (situation.link.shopifyOrderId && !shopify.linked) return linkedUnseen(situation, order);
  const found = all[0];
  if (found) return linked(situation, order, found);
  return staysOut(situation, order) ?? decideCreate(situation, order);
}
