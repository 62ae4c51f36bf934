import { answerTo, type Choice } from './choice.ts';
import { dealing, together, type Dealing } from './dealing.ts';
import { toDecimal } from './money.ts';
import { covers, shownBy, type Ledger } from './refund-ledger.ts';
import type { SentRefund } from './sent-refunds.ts';

/** What is to be done with a refund that was decided on for Amazon: nothing, or it may be sent (again). */
export type AfterRefund =
  | { readonly is: 'has'; readonly part: Dealing }
  | { readonly is: 'waits'; readonly part: Dealing }
  /** Its message was refused, and nobody wants it tried again yet. */
  | { readonly is: 'refused'; readonly part: Dealing }
  /**
   * It may be sent, under the key of this turn. `again`: it was decided on before, by all that has to be looked at. `person`:
   * who said so. `part`: news that go with it, and only with it.
   */
  | {
      readonly is: 'go';
      readonly part: Dealing;
      readonly turn: number;
      readonly again: boolean;
      readonly person: Choice<'answer'> | null;
    };

/** So long after Amazon's yes its finances may take to show it; two hours more than Amazon says. */
const showsWithinMs = 50 * 3_600_000;
const dayMs = 24 * 3_600_000;

/** The amount as sentences take it. */
function said({ amount, latest }: SentRefund): { readonly amount: string; readonly currency: string } {
  const { currency } = latest.args;
  return { amount: toDecimal({ amount, currency }), currency };
}

function answerAfter({ one }: Ledger, kind: string, fact: string, since: number): Choice<'answer'> | null {
  const answer = answerTo(one.situation.choices, kind, fact);
  return answer && answer.at > since ? answer : null;
}

const sentAt = ({ one }: Ledger, { latest, since }: SentRefund): number =>
  latest.sentAt ?? since ?? one.situation.now;

/** A person says that Amazon has none: believed once its finances would show it, and they do not (CAN-13). */
function hasNot(ledger: Ledger, sent: SentRefund, person: Choice<'answer'>): AfterRefund {
  const { now } = ledger.one.situation;
  const { latest, turn } = sent;
  const since = sentAt(ledger, sent);
  if (!covers(ledger, since)) {
    const params = { ...said(sent), date: since, time: shownBy(since) };
    const at = Math.max(shownBy(since), now + 10 * 60_000);
    const part = dealing({
      fitting: [{ key: 'refund_waits_data', params }],
      dueAgain: [{ at, reason: 'looking' }],
    });
    return { is: 'waits', part };
  }
  // One that was taken back before it was sent for the second time goes on under its own key.
  if (latest.state === 'withdrawn') return { is: 'go', part: dealing(), turn, again: true, person };
  const part = dealing({ events: [{ key: latest.key, event: 'failed_later' }] });
  return { is: 'go', part, turn: turn + 1, again: false, person };
}

/** Nobody knows whether Amazon has it: it is never sent again by itself. */
function unsure(ledger: Ledger, sent: SentRefund): AfterRefund {
  const { one } = ledger;
  const since = sentAt(ledger, sent);
  const person = answerAfter(ledger, 'refund_unsure_decide', sent.fact, since);
  if (person?.args.choice === 'amazon_has_it')
    return { is: 'has', part: dealing({ fitting: [{ key: 'finance_wait', params: said(sent) }] }) };
  if (person?.args.choice === 'amazon_has_not') return hasNot(ledger, sent, person);
  const params = { id: one.order.id, ...said(sent), time: shownBy(since) };
  const part = dealing({
    problems: [{ kind: 'refund_unsure_decide', subject: sent.fact, params }],
    fitting: [{ key: 'decide_refund', params: said(sent) }],
  });
  return { is: 'waits', part };
}

/** Amazon took it; its finances show it up to 48 hours later. */
function accepted(ledger: Ledger, sent: SentRefund): AfterRefund {
  const { one } = ledger;
  const { now, financesUntil } = one.situation;
  const { fact, latest } = sent;
  const since = latest.endedAt ?? now;
  const params = { ...said(sent), t: latest.sentAt ?? since };
  const waiting = dealing({ fitting: [{ key: 'refund_sent', params }] });
  const look = (at: number) =>
    together([waiting, dealing({ dueAgain: [{ at: Math.max(at, now + 30 * 60_000), reason: 'looking' }] })]);
  const shows = since + showsWithinMs;
  if (now < shows || (financesUntil ?? 0) < shows) return { is: 'has', part: look(shows) };
  const person = answerAfter(ledger, 'refund_missing_amazon', fact, since);
  if (person?.args.choice === 'not_there') return hasNot(ledger, sent, person);
  if (person?.args.choice === 'wait' && now < person.at + dayMs)
    return { is: 'has', part: look(person.at + dayMs) };
  const problem = {
    kind: 'refund_missing_amazon',
    subject: fact,
    params: { id: one.order.id, ...said(sent) },
  } as const;
  const missing = dealing({
    problems: [problem],
    fitting: [{ key: 'refund_missing_amazon', params: said(sent) }],
  });
  return { is: 'has', part: missing };
}

/** Its own message was an error: Amazon did nothing, and a person reads why. */
function refused(ledger: Ledger, sent: SentRefund): AfterRefund {
  const { one } = ledger;
  const { latest, fact, turn } = sent;
  const person = answerAfter(ledger, 'refund_refused', fact, latest.endedAt ?? 0);
  if (person?.args.choice === 'try_again') return { is: 'go', part: dealing(), turn, again: true, person };
  const params = { id: one.order.id, ...said(sent), text: latest.refusal?.text ?? '' };
  const part = dealing({
    problems: [{ kind: 'refund_refused', subject: fact, params }],
    fitting: [{ key: 'refund_refused', params }],
  });
  return { is: 'refused', part };
}

/** How a refund for Amazon stands, and whether it may be sent (again) (CAN-13, REF-3). */
export function afterRefund(ledger: Ledger, fact: string): AfterRefund {
  const sent = ledger.sent.get(fact);
  if (!sent) return { is: 'go', part: dealing(), turn: 0, again: false, person: null };
  const { latest, turn } = sent;
  const go = (again: boolean): AfterRefund => ({ is: 'go', part: dealing(), turn, again, person: null });
  if (latest.state === 'confirmed') return { is: 'has', part: dealing() };
  if (ledger.echoes.has(fact))
    return { is: 'has', part: dealing({ events: [{ key: latest.key, event: 'seen' }] }) };
  switch (latest.state) {
    case 'sending':
      return {
        is: 'waits',
        part: dealing({
          fitting: [{ key: 'refund_sent', params: { ...said(sent), t: latest.sentAt } }],
        }),
      };
    case 'unsure':
      return unsure(ledger, sent);
    case 'accepted':
      return accepted(ledger, sent);
    case 'refused':
      return refused(ledger, sent);
    case 'withdrawn':
      // A person took back that it be sent again.
      if (turn > 0) return unsure(ledger, sent);
      return latest.attempt > 0 ? refused(ledger, sent) : go(false);
    case 'planned':
    case 'superseded':
      return go(turn > 0 || latest.attempt > 0);
  }
}
