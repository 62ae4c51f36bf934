import type { AmazonOrder } from './amazon-order.ts';
import type { Prints } from './carried.ts';
import { comparePrints } from './compare-prints.ts';
import { answerTo } from './choice.ts';
import {
  commandsOfKind,
  createEffectMs,
  createOrderKey,
  whenUnsure,
  type Command,
  type CommandState,
} from './command.ts';
import type { DueAgain, ImportDecision, Situation } from './decide.ts';
import { describe, type Fitting } from './describe.ts';
import { compareSides } from './compare-sides.ts';
import { keptNames, standingFor } from './doubled.ts';
import { importFlags } from './import-flags.ts';
import { knownInShopify } from './known-in-shopify.ts';
import { laterChanges } from './later-changes.ts';
import { leaveOutNext } from './leave-out.ts';
import { currencyOf, draftOrder, type OrderDraft } from './order-draft.ts';
import type { ProblemDraft } from './problem.ts';
import type { ShopifyOrder, ShopifyReading } from './shopify-order.ts';

/** Shopify's search may not show a new order for so long (ms). */
const longestLag = 2 * 60_000;

type Looked = Extract<ShopifyReading, { kind: 'read' }>;

const nothing: Omit<ImportDecision, 'description'> = {
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
): ImportDecision {
  return { ...nothing, problems, description: describe([{ key, params }]) };
}

/** What the order is made from. Of several tries nobody knows which one made it: what differs between them is not known. */
function madeFrom(prints: Prints | null, before: Command<'create_order'> | undefined): Prints | null {
  const earlier = before?.args.carried;
  if (!prints || !before) return prints;
  const one = (part: keyof Prints) =>
    comparePrints(earlier?.[part] ?? null, prints[part]) === 'same' ? prints[part] : null;
  return { address: one('address'), dates: one('dates'), quantities: one('quantities') };
}

function create(
  situation: Situation,
  command: Command<'create_order'> | undefined,
  without: readonly string[],
  draft: OrderDraft,
  order: AmazonOrder,
): ImportDecision {
  const carried = madeFrom(situation.prints, command);
  const args = { without, takeStock: draft.takeStock, ...(carried ? { carried } : {}) };
  return {
    ...nothing,
    send: [{ kind: 'create_order', key: createOrderKey(order.id), from: command?.state ?? null, args }],
    problems: importFlags(situation, order, draft, draft.total, without),
    description: describe([{ key: 'importing', params: {} }]),
  };
}

const createOf = (situation: Situation, order: AmazonOrder): Command<'create_order'> | undefined =>
  commandsOfKind(situation.commands, 'create_order').find((c) => c.key === createOrderKey(order.id));

/**
 * When to look again for the effect of a create whose answer is missing: at growing distances, as long as it may still
 * come. Null where there is no such create, or where that is over.
 */
function lookAgain(
  situation: Situation,
  command: Command<'create_order'> | undefined,
): ImportDecision['dueAgain'] {
  if (command?.state !== 'sending' && command?.state !== 'unsure') return null;
  const policy = whenUnsure[command.kind];
  const passed = situation.now - (command.sentAt ?? situation.now);
  if (policy.then === 'repeat' || passed >= policy.forMs) return null;
  const wait = Math.min(Math.max(5_000, passed), longestLag, policy.forMs - passed);
  return { at: situation.now + wait, reason: passed < longestLag ? 'search_lag' : 'looking' };
}

/** A create whose answer is missing is looked for first, whatever else became of the order meanwhile (IMP-5). */
function lookForLost(situation: Situation, order: AmazonOrder): ImportDecision | null {
  const command = createOf(situation, order);
  const dueAgain = lookAgain(situation, command);
  if (!command || !dueAgain) return null;
  const events = command.state === 'unsure' ? [] : [{ key: command.key, event: 'answer_lost' as const }];
  return { ...stays('importing'), events, dueAgain };
}

function failed(order: AmazonOrder, field: string, text: string): ImportDecision {
  const params = { field, text, id: order.id };
  return stays('import_failed', params, [{ kind: 'import_failed', subject: field, params }]);
}

/** Why no Shopify order can be made of an order: the field that stands in the way, and why. */
function undraftable(order: AmazonOrder): ImportDecision {
  if (order.lines.length === 0) return failed(order, 'orderItems', 'Amazon gave no lines.');
  return currencyOf(order) === null
    ? failed(order, 'proceeds.grandTotal.currencyCode', 'Amazon gave no currency.')
    : failed(order, 'orderItems.quantityOrdered', 'Amazon gave no line with a unit to ship.');
}

/** What left the warehouse long ago is not taken from today's stock, unless the merchant says so (IMP-7, IMP-8). */
function leftLongAgo({ settings, wantedAt }: Situation, order: AmazonOrder): boolean {
  return settings.shippedStock === 'leave' && wantedAt !== null && order.status === 'shipped';
}

function decideCreate(situation: Situation, order: AmazonOrder): ImportDecision {
  const whole = draftOrder(order, situation.skus, situation.settings);
  if (!whole) return undraftable(order);
  const draft = leftLongAgo(situation, order) ? { ...whole, takeStock: false } : whole;
  const command = createOf(situation, order);
  if (!command) return create(situation, undefined, [], draft, order);
  switch (command.state) {
    case 'planned':
    case 'sending':
    case 'unsure':
      return create(situation, command, command.args.without, draft, order);
    case 'refused': {
      const left = answerTo(situation.choices, 'import_failed', command.refusal?.field ?? 'order');
      const part =
        left && left.at > (command.endedAt ?? 0) && left.args.choice === 'without' ? left.args.value : null;
      if (part !== null) return create(situation, command, [...command.args.without, part], draft, order);
      const asked = situation.wantedAt !== null && situation.wantedAt > (command.endedAt ?? 0);
      if (asked) return create(situation, command, command.args.without, draft, order);
      const without = leaveOutNext(command);
      if (without) return create(situation, command, without, draft, order);
      return failed(
        order,
        command.refusal?.field ?? 'order',
        command.refusal?.text ?? 'Shopify refused the order.',
      );
    }
    case 'withdrawn':
      return create(situation, command, [], draft, order);
    case 'accepted':
    case 'confirmed':
    case 'superseded':
      return stays('deleted_shopify', { id: order.id });
  }
}

const open: readonly (CommandState | undefined)[] = ['planned', 'sending', 'unsure', 'refused'];

/** A create that was decided on, was not done, and is not wanted any more is withdrawn: nothing stays in the dark. */
function recalled(command: Command<'create_order'> | undefined): ImportDecision['events'] {
  return command && open.includes(command.state) ? [{ key: command.key, event: 'recalled' }] : [];
}

/** An order that is not in Shopify and shall not be, as things are; null where it shall. */
function staysOut(situation: Situation, order: AmazonOrder): ImportDecision | null {
  if (order.status === 'pending' || order.status === 'pending_availability') return stays('pending_amazon');
  if (order.status === 'cancelled') return stays('never_created');
  if (order.fulfilledBy === 'amazon' && situation.settings.fba === 'off') return stays('fba_view');
  if (situation.importFrom === null) return stays('other_marketplace');
  if (order.createdAt < situation.importFrom && situation.wantedAt === null) return stays('before_import');
  return null;
}

/** An order of another app names this one among others: it is not doubled, and a person has to say which it is (IMP-9). */
function perhapsThere(order: AmazonOrder, [name]: Looked['unclear']): ImportDecision | null {
  if (name === undefined) return null;
  const params = { id: order.id, name };
  return stays('adoption_unclear', params, [{ kind: 'adoption_unclear', subject: '', params }]);
}

function seen(command: Command<'create_order'> | undefined): ImportDecision['events'] {
  return command && command.state !== 'confirmed' ? [{ key: command.key, event: 'seen' }] : [];
}

/** What was sent twice is looked for once more when search has caught up: the first may have come late after all. */
function lateTwin(
  situation: Situation,
  command: Command<'create_order'> | undefined,
): ImportDecision['dueAgain'] {
  if (command?.state !== 'accepted' || command.attempt === 1) return null;
  const at = (command.endedAt ?? 0) + longestLag;
  return at > situation.now ? { at, reason: 'search_lag' } : null;
}

const sooner = (a: DueAgain | null, b: DueAgain | null): DueAgain | null =>
  a && b ? (a.at <= b.at ? a : b) : (a ?? b);

function linked(situation: Situation, order: AmazonOrder, found: ShopifyOrder): ImportDecision {
  const command = createOf(situation, order);
  // Without our own mark, and never asked for by us, somebody else brought it in.
  const adopted = situation.link.shopifyOrderId ? situation.link.adopted : found.ownMark === null;
  const draft = draftOrder(order, situation.skus, situation.settings);
  // Of a cancelled order Amazon shows no money any more, and nothing of it is to be settled.
  const compared = !adopted && draft && order.status !== 'cancelled';
  const without = knownInShopify(situation.commands, order.id)?.without ?? command?.args.without ?? [];
  const flags = compared ? importFlags(situation, order, draft, found.total, without) : [];
  const later = adopted ? null : laterChanges(situation, order, found);
  // What another app made is no sign of our own create: a lost one may still come, and would be a second order.
  const dueAgain = adopted ? lookAgain(situation, command) : lateTwin(situation, command);
  const problems: ProblemDraft[] = [...flags, ...(later?.problems ?? [])];
  // Who writes to Amazon: Concord since a person said so, the other app, or nobody knows yet (IMP-9).
  const sender = answerTo(situation.choices, 'adopted_confirm', '')?.args.choice ?? null;
  if (adopted && sender === null)
    problems.push({ kind: 'adopted_confirm', subject: '', params: { id: order.id, name: found.name } });
  const fitting = [
    ...compareSides(order, found, adopted && sender !== 'concord', flags),
    ...(later?.fitting ?? []),
  ];
  const apart = fitting.find((one) => one.key === 'differs');
  if (apart) problems.push({ kind: 'sides_differ', subject: '', params: { ...apart.params, id: order.id } });
  return {
    ...nothing,
    send: later?.send ?? [],
    events: [...(dueAgain ? [] : adopted ? recalled(command) : seen(command)), ...(later?.events ?? [])],
    link: situation.link.shopifyOrderId ? null : { shopifyOrderId: found.id, name: found.name, adopted },
    problems,
    description: describe(fitting),
    dueAgain: sooner(dueAgain, later?.dueAgain ?? null),
  };
}

/** Linked, yet Shopify does not show it: deleted, unless it was made just now or is too old to be read (IMP-5). */
function linkedUnseen(situation: Situation, order: AmazonOrder): ImportDecision {
  const command = createOf(situation, order);
  const since = command?.endedAt ?? 0;
  if (command?.state === 'accepted' && situation.now - since < createEffectMs) {
    const wait = Math.max(2_000, situation.now - since);
    const reason = situation.now - since < longestLag ? 'search_lag' : 'looking';
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
export function decideImport(situation: Situation, order: AmazonOrder, shopify: Looked): ImportDecision {
  const all = standingFor(shopify);
  if (all.length > 1) {
    const params = { id: order.id, a: all[0]?.name ?? '', b: all[1]?.name ?? '' };
    const kept = { ...params, orders: keptNames(all) };
    return stays('duplicate_suspected', params, [{ kind: 'duplicate_suspected', subject: '', params: kept }]);
  }
  if (situation.link.shopifyOrderId && !shopify.linked) return linkedUnseen(situation, order);
  const found = all[0];
  if (found) return linked(situation, order, found);
  const lost = lookForLost(situation, order);
  if (lost) return lost;
  const out = staysOut(situation, order) ?? perhapsThere(order, shopify.unclear);
  return out ? { ...out, events: recalled(createOf(situation, order)) } : decideCreate(situation, order);
}
