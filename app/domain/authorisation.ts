const dayMs = 86_400_000;

/** Amazon ends what a seller granted to a public app after so long; it has to be renewed. Source: SP-API, authorisation. */
const grantDays = 365;
const warnDays = 30;

/** When a grant that was given at `at` ends (ms UTC). */
export const grantEnds = (at: number): number => at + grantDays * dayMs;

/** Whether the merchant should hear that a grant ends at `until` (ms UTC; null: it does not end by itself). */
export const endsSoon = (until: number | null, now: number): boolean =>
  until !== null && until - now <= warnDays * dayMs;
