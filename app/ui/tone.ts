import type { BadgeProps } from '@shopify/polaris';

const tones = ['success', 'info', 'warning', 'critical', 'attention'] as const;

/** The tones from the worst on; a list sorts by it. */
export const worstFirst = ['critical', 'warning', 'attention', 'info', 'success'] as const;

/** A stored tone as Polaris' Badge knows it; none for every other text. */
export function badgeTone(tone: string): { tone?: NonNullable<BadgeProps['tone']> } {
  const known = tones.find((each) => each === tone);
  return known ? { tone: known } : {};
}
