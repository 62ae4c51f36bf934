import type { IncomingMessage, ServerResponse } from 'node:http';

/** Which of the two pretend services something is about. */
export type ServiceName = 'amazon' | 'shopify';

/** The kinds of fault of `POST /faults`. */
export const faultKinds = [
  'latency',
  'throttle',
  'error',
  'drop-request',
  'drop-answer',
  'search-lag',
  'duplicate-webhook',
  'late-webhook',
  'lose-webhook',
  'duplicate-message',
  'stuck-feed',
  'fatal-feed',
  'reject-message',
  'late-effect',
  'refuse-data',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A fault as the outside asks for it; `ms` is in the world's time. */
export interface Fault {
  readonly service: ServiceName;
  readonly match: { readonly path?: string; readonly operation?: string; readonly topic?: string };
  readonly kind: FaultKind;
  readonly times?: number;
  readonly every?: number;
  readonly ms?: number;
  readonly status?: number;
  readonly code?: string;
  readonly value?: string;
  readonly probability?: number;
  readonly seed?: number;
}

/** What a request is, for matching faults and for the log. `operation`: SP-API operation name or GraphQL root field. */
export interface Subject {
  readonly path?: string;
  readonly operation?: string;
  readonly topic?: string;
  /** Only a fault that names the operation is meant. */
  readonly onlyNamed?: true;
}

/** The faults that are switched on. */
export interface Faults {
  /** The first active fault of one of the kinds that matches the subject, and counts it; undefined where none applies now. */
  take(service: ServiceName, kinds: readonly FaultKind[], subject: Subject): Fault | undefined;
}

/** The world's time, and things that happen later in it. */
export interface WorldClock {
  /** Milliseconds UTC in the world's time. */
  now(): number;
  /**
   * Runs `run` when the world's time reaches `at`; the returned function calls it off. `settle` sees it as pending and
   * jumps there; with `idle` only when it is to go on until idle.
   */
  schedule(at: number, what: Pending['what'], run: () => void | Promise<void>, passed?: 'idle'): () => void;
}

/** Something that is due or under way. */
export interface Pending {
  readonly what: string;
  readonly order?: string;
  /** World's time, milliseconds; undefined: under way now. */
  readonly dueAt?: number;
  /** Only `untilIdle` waits for it. */
  readonly idle?: true;
}

/** Every request a pretend service received. */
export interface RequestLog {
  add(entry: {
    service: ServiceName;
    time: number;
    method: string;
    path: string;
    operation: string | null;
    status: number;
  }): void;
}

/** Switches for what the real services do not document; each names its positions, the first is the default. */
export interface Behaviour {
  declare(name: string, positions: readonly string[], about: string): void;
  get(name: string): string;
}

/** What every pretend service gets handed in. */
export interface WorldParts {
  readonly clock: WorldClock;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly behaviour: Behaviour;
}

/** What every pretend service is to the launcher. */
export interface PretendService {
  /** Answers one HTTP request of the real service's protocol. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Empties it; default shop or seller stay. */
  reset(): void;
}
