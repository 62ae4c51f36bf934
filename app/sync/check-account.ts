import type { AmazonClient } from '../amazon/client.ts';
import type { Participation } from '../amazon/sellers.ts';
import { fail, ok, type Failure, type Result } from '../domain/failure.ts';
import { now } from '../lib/clock.ts';

/** Nothing is to be read here but that it can be. */
const lookBackMs = 10 * 60_000;

/** Why an account cannot be used. Kinds of failure that are told apart: see `ConnectRefusal`. */
function refusalOf(failure: Failure): Failure {
  if (failure.kind !== 'final') return failure;
  const role = failure.code === 'access_denied' || failure.code === 'data_refused';
  return { ...failure, code: role ? 'role_missing' : 'refused' };
}

/**
 * Looks with a real call whether orders can be read with what a seller granted, and where the seller sells. What Amazon does
 * not tell of the latter is null: the call needs a role of its own, and nothing else hangs on it.
 */
export async function checkAccount(client: AmazonClient): Promise<Result<Participation | null>> {
  const orders = await client.searchOrders({
    by: 'updated',
    after: now() - lookBackMs,
    before: null,
    marketplaceIds: [],
    pageToken: null,
  });
  if (!orders.ok) return fail(refusalOf(orders.failure));
  const told = await client.participation();
  return ok(told.ok ? told.value : null);
}
