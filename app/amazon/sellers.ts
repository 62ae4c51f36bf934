import { z } from 'zod';
import { fail, ok, type Result } from '../domain/failure.ts';
import { marketplace } from '../domain/marketplaces.ts';
import type { Session } from './session.ts';

/** Where a seller sells, and under which name. */
export interface Participation {
  /** Ids of the marketplaces that are known here, in Amazon's order. */
  readonly marketplaceIds: readonly string[];
  /** The store's name; null where Amazon gave none. */
  readonly name: string | null;
}

/** What the Sellers API tells of an account. */
export interface SellerCalls {
  /** Needs a role of its own, which an app may lack: then it is refused with `data_refused`. */
  participation(): Promise<Result<Participation>>;
}

// Rate: Amazon's model sellers.
const limit = { ratePerSecond: 0.016, burst: 15 };

const shape = z.object({
  payload: z.array(
    z.object({
      marketplace: z.object({ id: z.string() }),
      participation: z.object({ isParticipating: z.boolean() }),
      storeName: z.string().nullish(),
    }),
  ),
});

/** The calls for what is known of one seller's account. */
export function sellerCalls(session: Session): SellerCalls {
  return {
    async participation() {
      const answer = await session.ask({
        operation: 'sellers.getMarketplaceParticipations',
        limit,
        query: {},
      });
      if (!answer.ok) return answer;
      const read = shape.safeParse(answer.value.body);
      if (!read.success) {
        const sentence =
          "Amazon's answer to getMarketplaceParticipations does not have the shape it should have.";
        return fail({ kind: 'retry', code: 'bad_answer', sentence, at: null });
      }
      // Amazon also lists places that are no marketplaces of its own, under ids that nobody knows.
      const own = read.data.payload.filter(
        (one) => one.participation.isParticipating && marketplace(one.marketplace.id),
      );
      const name = own.map(({ storeName }) => storeName?.trim() ?? '').find((one) => one !== '') ?? null;
      return ok({ marketplaceIds: own.map((one) => one.marketplace.id), name });
    },
  };
}
