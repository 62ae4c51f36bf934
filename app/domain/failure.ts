/**
 * How a call to a service ended badly. `final`: the same call cannot succeed. `retry`: later it may; `at` says when,
 * where the service or a bucket told. `reconnect`: the merchant's grant is gone. `unsure`: nobody knows whether it was done.
 * The sentence is for logs and operators and holds no secret and no buyer data.
 */
export type Failure =
  | {
      readonly kind: 'final';
      readonly code: string;
      readonly sentence: string;
      /** The service's own, where it refused what it was asked. */
      readonly words?: string | undefined;
    }
  | { readonly kind: 'retry'; readonly code: string; readonly sentence: string; readonly at: number | null }
  | { readonly kind: 'reconnect'; readonly code: string; readonly sentence: string }
  | { readonly kind: 'unsure'; readonly code: string; readonly sentence: string };

/** Either what was asked for, or a failure as data. Bugs throw. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** Wraps a value as success. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps a failure. */
export function fail<T>(failure: Failure): Result<T> {
  return { ok: false, failure };
}
