import { decideCancel } from './decide-cancel.ts';
import { cancelChoice } from './cancel-wish.ts';
import { dealing, together, type Case, type Dealing } from './dealing.ts';
import { decideRefund } from './decide-refund.ts';
import { holdForCancel } from './hold-for-cancel.ts';

/** What cancels, shipments and refunds ask for, in the order in which they must not overtake each other. Pure. */
export function decideDealings(one: Case): Dealing {
  if (one.order.fulfilledBy === 'amazon') return dealing();
  return together([decideCancel(one), decideRefund(one)]);
}

/** While Amazon cannot be read nothing is sent to it or released; what a person approved is held (CAN-18). */
export function whileBlind(one: Case): Dealing {
  const choice = cancelChoice(one);
  if (!choice || one.linked.cancelledAt !== null) return dealing();
  const { send } = holdForCancel(one, choice.id);
  return dealing({ send, fitting: [{ key: 'cancel_waiting_readable', params: {} }] });
}
