import { answerTo } from './choice.ts';
import type { Situation } from './decide.ts';
import { quarantineOf, type KnownFact, type ShopifyFact } from './shopify-fact.ts';

/** How a fact stands: to be kept where it is new, and whether it is kept back from Amazon (CAN-12). */
export interface FactStanding {
  /** The fact itself, where it is seen for the first time. */
  readonly fresh: readonly KnownFact[];
  /** Why it is kept back; null where it may go: it always might, or a person approved it. */
  readonly kept: KnownFact['quarantine'] | null;
  /** A person said that Amazon stays as it is. */
  readonly dropped: boolean;
}

/** Looks a fact up, or judges it at first sight; a person's answer to its quarantine decides then. */
export function knownFact(situation: Situation, fact: ShopifyFact): FactStanding {
  const { now, installedAt, quiet } = situation;
  const before = situation.facts.find(({ key }) => key === fact.key);
  const known = before ?? {
    ...fact,
    seenAt: now,
    quarantine: quarantineOf(fact, { now, installedAt, quiet }),
  };
  const answer = answerTo(situation.choices, 'quarantined', fact.key)?.args.choice ?? null;
  return {
    fresh: before ? [] : [known],
    kept: known.quarantine === '' || answer === 'send' ? null : known.quarantine,
    dropped: answer === 'drop',
  };
}
