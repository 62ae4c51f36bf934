/** One measured figure and what it may be; null: only told. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly budget: number | null;
}

const shown = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** One line for people. */
export function lineOf({ what, value, budget }: Figure): string {
  const limit = budget === null ? '' : ` (at most ${budget}${value > budget ? ': EXCEEDED' : ''})`;
  return `${what}: ${shown(value)}${limit}`;
}

/** Whether all figures are within their budgets. */
export function within(figures: readonly Figure[]): boolean {
  return figures.every(({ value, budget }) => budget === null || value <= budget);
}
