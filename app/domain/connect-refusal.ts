/** Why an Amazon account was not connected; each has its sentence in the texts (`connect.refused`). */
export const connectRefusals = [
  /** The person did not let the app in on Amazon. */
  'cancelled',
  /** The way through Amazon's page was used already, took too long, or Amazon's code did. */
  'late',
  /** Another person, or another shop, began it. */
  'other_person',
  /** Another shop has the account. */
  'taken',
  /** It is not the account that was to be renewed. */
  'other_account',
  /** The shop has the account for another region. */
  'other_region',
  /** Orders cannot be read: a role is missing, or the account sells in another region. */
  'role_missing',
  /** Amazon does not accept the refresh token. */
  'token_refused',
  /** What was granted belongs to another account than the one that was named. */
  'wrong_seller',
  /** Amazon does not accept this app's own credentials. */
  'app_refused',
  /** Amazon did not answer as it should. */
  'amazon_down',
  /** This installation has no page at Amazon: only a refresh token will do. */
  'no_app',
  /** Who wants it may only look. */
  'not_allowed',
] as const;
export type ConnectRefusal = (typeof connectRefusals)[number];

/** An account that is connected now, for the sentence that says so. */
export interface Connected {
  readonly sellerId: string;
  /** The store's name; null where Amazon did not tell it. */
  readonly name: string | null;
  /** In how many marketplaces it sells; null where Amazon did not tell. */
  readonly marketplaces: number | null;
}

/** How connecting ended. */
export type ConnectOutcome =
  | { readonly ok: true; readonly connected: Connected }
  | { readonly ok: false; readonly refusal: ConnectRefusal };

/** A refusal as an outcome. */
export const notConnected = (refusal: ConnectRefusal): ConnectOutcome => ({ ok: false, refusal });
