import { OperationTypeNode, type GraphQLError, type GraphQLFormattedError } from 'graphql';
import { requestedCost } from './cost.ts';
import { createDocuments, type ReadyDocument } from './documents.ts';
import { readVariables, run } from './execute.ts';
import type { Answer } from './http.ts';
import { inputTooLarge } from './input-size.ts';
import { mutations } from './mutations.ts';
import { queries } from './queries.ts';
import type { AdminSchema } from './schema.ts';
import { createAccessCheck } from './scopes.ts';
import type { Throttle, ThrottleStatus } from './throttle.ts';
import type { Call } from './world.ts';

const mostPoints = 1000;
const help = 'https://shopify.dev/api/usage/rate-limits';

/** A GraphQL request as it came in. */
interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

/** The GraphQL half of the Admin API. */
export interface GraphqlEndpoint {
  /** Names of the root fields, for faults and the log; empty where the text is no valid document. */
  roots(request: GraphqlRequest): readonly string[];
  answer(request: GraphqlRequest, call: Call): Promise<Answer>;
  /** What Shopify says when the bucket is empty, whatever is in it. */
  throttled(request: GraphqlRequest, call: Call): Answer;
}

/** Reads a request body; null where there is no query in it. */
export function readGraphqlRequest(text: string): GraphqlRequest | null {
  try {
    const { query, variables, operationName } = JSON.parse(text) as Partial<Record<string, unknown>>;
    if (typeof query !== 'string') return null;
    const given = typeof variables === 'object' && variables !== null ? variables : {};
    return {
      query,
      variables: given as Record<string, unknown>,
      operationName: typeof operationName === 'string' && operationName !== '' ? operationName : null,
    };
  } catch {
    return null;
  }
}

function failed(errors: readonly (GraphQLError | GraphQLFormattedError)[], extensions?: object): Answer {
  return { status: 200, body: { errors, ...(extensions ? { extensions } : {}) } };
}

function costBlock(requested: number, actual: number | null, throttleStatus: ThrottleStatus): object {
  return { cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus } };
}

function throttledAnswer(requested: number, status: ThrottleStatus): Answer {
  const error = { message: 'Throttled', extensions: { code: 'THROTTLED', documentation: help } };
  return failed([error], costBlock(requested, null, status));
}

function tooDear(cost: number): Answer {
  return failed([
    {
      message: `Query cost is ${String(cost)}, which exceeds the single query max cost limit (${String(mostPoints)}).`,
      extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost: mostPoints, documentation: help },
    },
  ]);
}

/** Executes every query against the official schema, with Shopify's costs, scopes and limits. */
export function createGraphqlEndpoint(admin: AdminSchema, throttle: Throttle): GraphqlEndpoint {
  const document = createDocuments(admin.schema);
  const access = createAccessCheck(admin);
  const cost = (ready: ReadyDocument, variables: Readonly<Record<string, unknown>>): number =>
    requestedCost(admin.schema, ready.document, ready.operation, variables);
  const bucket = (call: Call): string => `${call.shop.domain} ${call.grant.caller}`;

  const execute = async (ready: ReadyDocument, request: GraphqlRequest, call: Call): Promise<Answer> => {
    const read = readVariables(admin, ready, request.variables);
    if ('errors' in read) return failed(read.errors);
    const large = inputTooLarge(read.variables);
    if (large) return failed([large]);
    const requested = cost(ready, read.variables);
    if (requested > mostPoints) return tooDear(requested);
    const now = call.world.parts.clock.now();
    // Staff at their browser are not throttled.
    const charged = call.grant.caller === 'staff' ? 0 : requested;
    const { taken, status } = throttle.take(bucket(call), charged, now);
    if (!taken) return throttledAnswer(requested, status);
    const root = ready.operation.operation === OperationTypeNode.MUTATION ? mutations : queries;
    const { result, actualCost } = await run(admin, access, ready, request.variables, root, call);
    const actual = Math.min(actualCost, requested);
    const left = throttle.giveBack(bucket(call), charged === 0 ? 0 : requested - actual, now);
    const { data, errors } = result;
    return {
      status: 200,
      body: { data, ...(errors ? { errors } : {}), extensions: costBlock(requested, actual, left) },
    };
  };

  return {
    roots: (request) => {
      const found = document(request.query, request.operationName);
      return 'ready' in found ? found.ready.roots : found.roots;
    },
    answer: async (request, call) => {
      const found = document(request.query, request.operationName);
      return 'ready' in found ? execute(found.ready, request, call) : failed(found.errors);
    },
    throttled: (request, call) => {
      const found = document(request.query, request.operationName);
      const requested = 'ready' in found ? cost(found.ready, request.variables) : 1;
      const { status } = throttle.take(bucket(call), 0, call.world.parts.clock.now());
      return throttledAnswer(requested, { ...status, currentlyAvailable: 0 });
    },
  };
}
