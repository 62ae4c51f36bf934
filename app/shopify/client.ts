import { z } from 'zod';
import { fail, ok, type Result } from '../domain/failure.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { apiVersion } from './api-version.ts';
import { failureOfErrors, failureOfNetwork, failureOfStatus, graphqlErrors } from './failure.ts';
import { reach } from './reach.ts';
import { createThrottle, type Throttle } from './throttle.ts';

/** Real time after which a call is given up. */
const deadlineMs = 30_000;

const envelope = z.object({
  data: z.unknown().optional(),
  errors: graphqlErrors.optional(),
  // A query that is too dear is answered with its cost and without the bucket's state.
  extensions: z
    .object({
      cost: z
        .object({
          actualQueryCost: z.number().nullish(),
          throttleStatus: z
            .object({
              maximumAvailable: z.number(),
              currentlyAvailable: z.number(),
              restoreRate: z.number(),
            })
            .optional(),
        })
        .optional(),
    })
    .optional(),
});

/** One Admin GraphQL operation and the shape of its answer. */
interface Operation<T> {
  readonly query: string;
  /** Points that were taken for it from the throttle; what it did not cost is given back. */
  readonly taken?: number;
  readonly answer: z.ZodType<T>;
}

/** The Admin API of one shop. */
export interface AdminClient {
  readonly shop: ShopDomain;
  readonly throttle: Throttle;
  /** Runs one operation. A failure of kind `unsure` matters for writes only; a read may simply be repeated. */
  run<T>(
    operation: Operation<T>,
    variables: Record<string, unknown>,
    /** Asked last, when the token is there: false, and nothing is sent. */
    mayStill?: () => boolean,
  ): Promise<Result<T>>;
}

/**
 * Opens the Admin API of a shop. `token` gives a valid access token each time (it is kept and refreshed elsewhere);
 * `origin` leads to a stand-in. Nothing is repeated in here: who asked decides.
 */
export function createAdminClient(options: {
  shop: ShopDomain;
  origin: string | undefined;
  token: () => Promise<Result<string>>;
}): AdminClient {
  const throttle = createThrottle();
  const { url, headers } = reach(options.shop, `/admin/api/${apiVersion}/graphql.json`, options.origin);

  async function send(
    query: string,
    variables: Record<string, unknown>,
    mayStill: () => boolean,
  ): Promise<Result<Response>> {
    const token = await options.token();
    if (!token.ok) return token;
    if (!mayStill())
      return fail({ kind: 'retry', code: 'too_late', sentence: 'It was too late to send it.', at: null });
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'X-Shopify-Access-Token': token.value },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(deadlineMs),
      });
      if (response.ok) return ok(response);
      await response.body?.cancel();
      return fail(failureOfStatus(response.status));
    } catch (error) {
      return fail(failureOfNetwork(error));
    }
  }

  async function read(response: Response): Promise<Result<z.infer<typeof envelope>>> {
    try {
      const parsed = envelope.safeParse(JSON.parse(await response.text()));
      if (parsed.success) return ok(parsed.data);
    } catch (error) {
      if (!(error instanceof SyntaxError)) return fail(failureOfNetwork(error));
    }
    return fail({
      kind: 'unsure',
      code: 'not_json',
      sentence: 'Shopify answered something that is not its protocol.',
    });
  }

  return {
    shop: options.shop,
    throttle,
    run: async (operation, variables, mayStill = () => true) => {
      const response = await send(operation.query, variables, mayStill);
      if (!response.ok) return response;
      const body = await read(response.value);
      if (!body.ok) return body;
      const { data, errors, extensions } = body.value;
      const cost = extensions?.cost;
      if (operation.taken !== undefined && cost) throttle.give(operation.taken - (cost.actualQueryCost ?? 0));
      const said = cost?.throttleStatus;
      if (said) throttle.learn(said);
      if (errors && errors.length > 0)
        return fail(failureOfErrors(errors, data !== undefined && data !== null));
      const answer = operation.answer.safeParse(data);
      if (answer.success) return ok(answer.data);
      const where = answer.error.issues[0]?.path.join('.') ?? '';
      return fail({
        kind: 'unsure',
        code: 'odd_answer',
        sentence: `Shopify's answer has another form than expected at ${where}.`,
      });
    },
  };
}
