import { answerTo } from './choice.ts';
import { dealing, together, type Case, type Dealing } from './dealing.ts';
import { knownFact } from './known-fact.ts';
import type { Sent } from './parcels.ts';
import { permission } from './programmes.ts';

/** Whether Amazon may be told of a fulfilment, with what has to be kept and said; `part` stands in either case. */
export interface MayConfirm {
  readonly may: boolean;
  readonly part: Dealing;
}

/** Kept back, since nobody can tell any more whether it is meant for Amazon (CAN-12). */
function kept(one: Case, sent: Sent, key: string, why: string, dropped: boolean): Dealing {
  const { order, situation } = one;
  const date = new Date(sent.fulfillment.at).toISOString();
  const shipBy = order.shipBy.latest;
  // What is still in time is offered first.
  const whole = shipBy !== null && Date.parse(shipBy) >= situation.now ? 'in_time' : 'late';
  const said = { id: order.id, action: 'shipment', why, n: 1, date, shipBy, whole };
  return dealing({
    problems: dropped ? [] : [{ kind: 'quarantined', subject: key, params: said }],
    fitting: [{ key: dropped ? 'left_as_it_is' : 'quarantined', params: { action: 'shipment', why, date } }],
    explains: true,
  });
}

/** Whether a fulfilment that Amazon was never told of may go there. */
export function mayConfirm(one: Case, sent: Sent): MayConfirm {
  const { situation, order } = one;
  const key = `fulfillment:${sent.of}`;
  const known = knownFact(situation, { key, happenedAt: sent.fulfillment.at });
  const facts = dealing({ facts: known.fresh });
  const no = (part: Dealing): MayConfirm => ({ may: false, part: together([facts, part]) });
  if (known.dropped || known.kept !== null) return no(kept(one, sent, key, known.kept ?? '', known.dropped));
  const allowed = permission(order, 'ship');
  const answer = answerTo(situation.choices, 'ship_ask', sent.of)?.args.choice;
  if (allowed === 'no' || (allowed === 'ask' && answer === 'not_send'))
    return no(dealing({ fitting: [{ key: 'ship_elsewhere', params: {} }], explains: true }));
  if (allowed === 'ask' && answer !== 'send')
    return no(
      dealing({
        problems: [{ kind: 'ship_ask', subject: sent.of, params: { id: order.id } }],
        fitting: [{ key: 'ship_asked', params: {} }],
        explains: true,
      }),
    );
  return { may: true, part: facts };
}
