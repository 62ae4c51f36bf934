/**
 * Splits minor units over holders in proportion to what each holds, exactly and by the largest remainder (of equal ones
 * the first): no holder gives more than it holds. More than all hold together is a bug and throws.
 */
export function spread(amount: number, held: readonly number[]): number[] {
  const total = held.reduce((sum, one) => sum + BigInt(one), 0n);
  if (amount < 0 || BigInt(amount) > total) throw new Error(`${amount} cannot be spread over ${total}`);
  if (amount === 0) return held.map(() => 0);
  const shares = held.map((one) => BigInt(amount) * BigInt(one));
  const parts = shares.map((share) => Number(share / total));
  const rest = amount - parts.reduce((sum, one) => sum + one, 0);
  const order = shares
    .map((share, i) => ({ i, over: share % total }))
    .sort((a, b) => (a.over === b.over ? a.i - b.i : a.over > b.over ? -1 : 1));
  for (const { i } of order.slice(0, rest)) parts[i] = (parts[i] ?? 0) + 1;
  return parts;
}
