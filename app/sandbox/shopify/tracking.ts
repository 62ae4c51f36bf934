import type { FulfillmentRecord } from './fulfillment-records.ts';

/** `FulfillmentTrackingInput`. */
export interface TrackingInput {
  readonly company?: string | null;
  readonly number?: string | null;
  readonly numbers?: readonly string[] | null;
  readonly url?: string | null;
  readonly urls?: readonly string[] | null;
}

const one = (single: string | null | undefined): string[] => (single == null ? [] : [single]);

/** Tracking as it is kept; no addresses are made up for known carriers. */
export function readTracking(
  input: TrackingInput | null | undefined,
): Pick<FulfillmentRecord, 'trackingCompany' | 'trackingNumbers' | 'trackingUrls'> {
  return {
    trackingCompany: input?.company ?? null,
    trackingNumbers: input?.numbers ?? one(input?.number),
    trackingUrls: input?.urls ?? one(input?.url),
  };
}
