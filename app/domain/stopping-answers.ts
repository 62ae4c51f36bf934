import type { AmazonOrder } from './amazon-order.ts';
import { answerTo } from './choice.ts';
import type { Situation } from './decide.ts';
import { goneLines } from './handled-lines.ts';
import type { Held } from './hold-lines.ts';
import type { Handling } from './shopify-order.ts';

type Asked = Pick<Situation, 'choices'>;

/** What people answered about work that could not be stopped, by fulfilment order. */
interface StoppingAnswers {
  /** Has left all the same. */
  readonly gone: ReadonlySet<string>;
  /** When it was wanted tried again (ms UTC). */
  readonly asked: ReadonlyMap<string, number>;
}

/** Reads them off the choices. */
export function answersToStop({ choices }: Asked, handling: Handling | null): StoppingAnswers {
  const answers = (handling?.fulfillmentOrders ?? []).flatMap(({ id }) => {
    const answer = answerTo(choices, 'not_stopped', id);
    return answer ? [{ id, answer }] : [];
  });
  const of = (choice: string) => answers.filter(({ answer }) => answer.args.choice === choice);
  return {
    gone: new Set(of('gone').map(({ id }) => id)),
    asked: new Map(of('again').map(({ id, answer }) => [id, answer.at])),
  };
}

/**
 * Amazon's lines that left, by Shopify's work and by what people say of it (REQ-8). Where Shopify shows no work at all a
 * person may say it of the whole order.
 */
export function linesThatLeft(
  situation: Asked,
  order: AmazonOrder,
  handling: Handling | null,
  cancelled: boolean,
): ReadonlySet<string> | null {
  const empty = !handling || handling.fulfillmentOrders.length === 0;
  const all = empty && answerTo(situation.choices, 'not_stopped', '')?.args.choice === 'gone';
  if (all) return new Set(order.lines.map(({ orderItemId }) => orderItemId));
  return goneLines(order, handling, cancelled, answersToStop(situation, handling).gone);
}

/** Without work that has left: it is neither held nor asked back any more. */
export function withoutGone(held: Held, gone: ReadonlySet<string>): Held {
  return {
    ...held,
    send: held.send.filter(({ kind, args }) => kind === 'release_hold' || !gone.has(args.fulfillmentOrder)),
    outcomes: held.outcomes.filter(({ work }) => !gone.has(work.id)),
  };
}
