import { z } from 'zod';

/** The steps of the setup guide, in their order. */
export const guideSteps = ['connect', 'marketplaces', 'import', 'handling', 'done'] as const;
export type GuideStep = (typeof guideSteps)[number];

/** What is kept of the guide: which steps were taken, and whether the merchant put it away. */
export const guideShape = z.object({
  done: z.array(z.enum(guideSteps)).default([]),
  dismissed: z.boolean().default(false),
});
export type Guide = z.infer<typeof guideShape>;

/** What a person does with the guide: takes a step, puts it away, or wants it back. */
export type GuideChange = { readonly step: GuideStep } | 'dismiss' | 'show';

/** The guide after that. One that is wanted back is open, its steps as they were. */
export function afterChange(guide: Guide, change: GuideChange): Guide {
  if (change === 'dismiss') return { ...guide, dismissed: true };
  if (change === 'show') return { done: guide.done.filter((step) => step !== 'done'), dismissed: false };
  return { ...guide, done: guideSteps.filter((step) => step === change.step || guide.done.includes(step)) };
}

/** The guide as the page shows it: connecting is done as long as an account is connected, whatever was clicked. */
export interface GuideView {
  readonly shown: boolean;
  readonly done: readonly GuideStep[];
  /** The step to open: the first that is not done; null: none. */
  readonly next: GuideStep | null;
}

/** How the guide stands. */
export function guideView({ done, dismissed }: Guide, connected: boolean): GuideView {
  const taken = guideSteps.filter((step) => (step === 'connect' ? connected : done.includes(step)));
  return {
    shown: !dismissed && !done.includes('done'),
    done: taken,
    next: guideSteps.find((step) => !taken.includes(step)) ?? null,
  };
}
