/** A time as Shopify's GraphQL writes it: whole seconds, UTC. */
export function dateTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** The same, where there may be none. */
export function dateTimeOrNull(ms: number | null): string | null {
  return ms === null ? null : dateTime(ms);
}
