import type { Behaviour } from './contract.ts';

/** A switch as `GET /behaviour` shows it. */
interface Switch {
  readonly name: string;
  readonly value: string;
  readonly positions: readonly string[];
  readonly about: string;
}

/** The switches as the control interface sees them. */
export interface SwitchBoard extends Behaviour {
  list(): Switch[];
  /** Puts a switch; false where there is no such switch or position. */
  set(name: string, value: string): boolean;
  /** Every switch back to its first position. */
  reset(): void;
}

/** No switches at first; the services declare theirs. Asking for one that nobody declared is a bug and throws. */
export function createBehaviour(): SwitchBoard {
  const switches = new Map<string, Switch>();
  return {
    declare(name, positions, about) {
      const [value] = positions;
      if (value === undefined) throw new Error(`The switch ${name} has no positions.`);
      switches.set(name, { name, value, positions, about });
    },
    get(name) {
      const found = switches.get(name);
      if (!found) throw new Error(`There is no switch ${name}.`);
      return found.value;
    },
    list: () => [...switches.values()],
    set(name, value) {
      const found = switches.get(name);
      if (!found?.positions.includes(value)) return false;
      switches.set(name, { ...found, value });
      return true;
    },
    reset() {
      for (const found of switches.values()) {
        switches.set(found.name, { ...found, value: found.positions[0] ?? found.value });
      }
    },
  };
}
