import type { Fault, FaultKind, Faults, ServiceName, Subject } from './contract.ts';
import { seededRandom } from './seeded-random.ts';

/** The faults as the control interface sees them. */
export interface FaultBoard extends Faults {
  add(fault: Fault): void;
  clear(): void;
}

interface ActiveFault {
  readonly fault: Fault;
  readonly random: () => number;
  matches: number;
  used: number;
}

const matches = ({ fault }: ActiveFault, service: ServiceName, subject: Subject): boolean =>
  fault.service === service &&
  (subject.onlyNamed !== true || fault.match.operation !== undefined) &&
  (['path', 'operation', 'topic'] as const).every((part) => {
    const wanted = fault.match[part];
    return wanted === undefined || wanted === subject[part];
  });

/** Counts one match and says whether the fault strikes this time: each n-th match with `every`, by chance with `probability`. */
function strikes(active: ActiveFault): boolean {
  const { every, probability } = active.fault;
  active.matches += 1;
  if (every !== undefined && active.matches % every !== 0) return false;
  return probability === undefined || active.random() < probability;
}

/**
 * No faults at first. A fault strikes `times` times, by default once; with `every` it lets the matches between pass, and
 * with `probability` it strikes by chance, the same chance for the same `seed`.
 */
export function createFaults(): FaultBoard {
  const board: ActiveFault[] = [];
  return {
    add(fault) {
      board.push({ fault, random: seededRandom(fault.seed ?? 1), matches: 0, used: 0 });
    },
    clear() {
      board.length = 0;
    },
    take(service: ServiceName, kinds: readonly FaultKind[], subject: Subject) {
      for (const active of board) {
        if (!kinds.includes(active.fault.kind) || active.used >= (active.fault.times ?? 1)) continue;
        if (!matches(active, service, subject) || !strikes(active)) continue;
        active.used += 1;
        return active.fault;
      }
      return undefined;
    },
  };
}
