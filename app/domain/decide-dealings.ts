import { autoAccept } from './decide-auto-accept.ts';
import { cancelGuard } from './cancel-guard.ts';
import { commandsOfKind } from './command.ts';
import { decideCancel, unprove } from './decide-cancel.ts';
import { cancelAmazonKey } from './money-keys.ts';
import { cancelChoice } from './cancel-wish.ts';
import { dealing, together, type Case, type Dealing } from './dealing.ts';
import { decideRefund } from './decide-refund.ts';
import { decideShipment } from './decide-shipment.ts';
import { holdForCancel } from './hold-for-cancel.ts';

/** What cancels, shipments and refunds ask for, in the order in which they must not overtake each other. Pure. */
export function decideDealings(one: Case): Dealing {
  if (one.order.fulfilledBy === 'amazon') return dealing();
  const rule = autoAccept(one);
  // What the rules chose and do not stand by any more is not carried on with.
  const cancel = rule.ends.length > 0 ? rule : together([rule, decideCancel(one)]);
  return together([cancel, decideShipment(one), decideRefund(one)]);
}

/** While Amazon cannot be read nothing is sent to it or released; what a person approved is held (CAN-18). */
export function whileBlind(one: Case): Dealing {
  const choice = cancelChoice(one);
  if (!choice || one.linked.cancelledAt !== null) return dealing();
  const { send } = holdForCancel(one, choice.id);
  const key = cancelAmazonKey(one.order.id, choice.id);
  const planned = commandsOfKind(one.situation.commands, 'cancel_amazon').find(
    (command) => command.key === key,
  );
  // What Shopify shows may forbid it already.
  const forbidden = cancelGuard(one, choice.args.reason, true).is === 'never';
  return together([
    dealing({ send, fitting: [{ key: 'cancel_waiting_readable', params: {} }] }),
    forbidden ? unprove(planned) : dealing(),
  ]);
}
