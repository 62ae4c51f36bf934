/**
 * A time that Shopify gives in whole seconds (`second`), made finer by what else is known (`moment`): within that second,
 * as late as the moment says. Both in ms UTC. It is used for two things that are compared: up to when a reading of an order
 * knows it (its `updatedAt`, and when the reading began), and when news of it happened (its `updated_at`, and when the
 * webhook was triggered). Without it a change in the second of the last reading would be taken for an echo of it.
 */
export function withinSecond(second: number, moment: number): number {
  return Math.min(Math.max(second, moment), second + 999);
}
