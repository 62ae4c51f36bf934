import { GraphQLError } from 'graphql';
import type { Source } from './execute.ts';
import type { Call } from './world.ts';

/** What became of a request with a key. */
export interface KeyedRequest {
  readonly fingerprint: string;
  readonly at: number;
  /** `running` until it was answered; `refused`: it did nothing. */
  state: 'running' | 'refused' | Remembered;
}

/** Shows the effect of the first request once more. */
type Remembered = (call: Call) => Source;

/** What a mutation did: an effect that can be shown again, or nothing. */
export type Outcome = { readonly done: Remembered } | { readonly refused: Source };

/** Shopify forgets keys after a day. */
const retentionMs = 24 * 3_600_000;
const durationMs = 1000;

function problem(call: Call, message: string, nothing: Source): Source {
  if (call.world.parts.behaviour.get('shopify.idempotency-errors') === 'request-errors')
    throw new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
  return { ...nothing, userErrors: [{ field: null, message }] };
}

/** The earlier request with the same key, where it decides the answer. */
function repeated(call: Call, known: KeyedRequest, fingerprint: string, nothing: Source): Source | null {
  if (known.fingerprint !== fingerprint)
    return problem(
      call,
      'The same idempotency key cannot be used with different operation parameters.',
      nothing,
    );
  if (known.state === 'running')
    return problem(call, 'This request is currently in progress, please try again.', nothing);
  if (known.state !== 'refused') return known.state(call);
  return call.world.parts.behaviour.get('shopify.key-of-refused-request') === 'spent'
    ? problem(call, 'The previous attempt with this idempotency key failed.', nothing)
    : null;
}

async function aMoment(call: Call): Promise<void> {
  const { clock } = call.world.parts;
  await new Promise<void>((resolve) => {
    clock.schedule(clock.now() + durationMs, 'a refund under way', resolve);
  });
}

/**
 * A mutation that wants `@idempotent(key:)`: the same key gives the same effect, once. `nothing` is its payload when it did
 * nothing, without the errors.
 */
export function idempotent<A>(name: string, nothing: Source, work: (args: A, call: Call) => Outcome) {
  return (args: A, call: Call): Source | Promise<Source> => {
    const { idempotencyKey: given, shop, world, grant } = call;
    if (given === undefined || given === '')
      throw new GraphQLError(
        'The @idempotent directive is required for this mutation but was not provided.',
        {
          extensions: { code: 'BAD_REQUEST' },
        },
      );
    const now = world.parts.clock.now();
    const key = `${grant.caller} ${name} ${given}`;
    const fingerprint = JSON.stringify(args);
    const known = shop.keyedRequests.get(key);
    const answer = known && known.at > now - retentionMs ? repeated(call, known, fingerprint, nothing) : null;
    if (answer) return answer;
    const request: KeyedRequest = { fingerprint, at: now, state: 'running' };
    shop.keyedRequests.set(key, request);
    const run = (): Source => {
      const outcome = work(args, call);
      request.state = 'done' in outcome ? outcome.done : 'refused';
      return 'done' in outcome ? outcome.done(call) : outcome.refused;
    };
    if (world.parts.behaviour.get('shopify.refund-duration') === 'at-once') return run();
    return aMoment(call).then(run);
  };
}
