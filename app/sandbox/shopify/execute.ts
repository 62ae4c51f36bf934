import {
  execute,
  getDirectiveValues,
  getNamedType,
  getVariableValues,
  GraphQLError,
  OperationTypeNode,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLTypeResolver,
} from 'graphql';
import { costsPoint } from './cost.ts';
import type { ReadyDocument } from './documents.ts';
import { notDone } from './not-done.ts';
import type { AdminSchema } from './schema.ts';
import type { AccessCheck } from './scopes.ts';
import { asOneAction, type Call } from './world.ts';

/** A source object: each field is its value, or a function of the field's arguments. */
export type Source = Readonly<Record<string, unknown>>;

interface Context {
  readonly call: Call;
  readonly access: AccessCheck;
  points: number;
}

type Computed = (args: unknown, call: Call) => unknown;

/** How many objects a value is, for the cost. */
function countOf(value: unknown): number {
  return Array.isArray(value) ? value.length : value == null ? 0 : 1;
}

/** What the field says in `@idempotent(key:)`. */
function keyOf({ schema, fieldNodes, variableValues }: GraphQLResolveInfo): string | undefined {
  const directive = schema.getDirective('idempotent');
  const [node] = fieldNodes;
  const values = directive && node ? getDirectiveValues(directive, node, variableValues) : undefined;
  return typeof values?.['key'] === 'string' ? values['key'] : undefined;
}

/** A field the source does not have is an error, never an empty value; null must be written down. */
const resolveField: GraphQLFieldResolver<Source, Context> = (source, args, context, info) => {
  const { fieldName, parentType, returnType } = info;
  const denied = context.access.denied(context.call.grant, parentType.name, fieldName, returnType);
  if (denied) throw denied;
  if (!Object.hasOwn(source, fieldName)) throw notDone(`${parentType.name}.${fieldName}`);
  const value = source[fieldName];
  const call =
    parentType === info.schema.getMutationType() ? asOneAction(context.call, keyOf(info)) : context.call;
  const result = typeof value === 'function' ? (value as Computed)(args, call) : value;
  if (costsPoint(getNamedType(returnType))) context.points += countOf(result);
  return result;
};

const resolveType: GraphQLTypeResolver<Source, Context> = (source) => String(source['__typename']);

function invalidVariable(error: GraphQLError): GraphQLError {
  const at = /at "[^".]+\.([^"]+)"/.exec(error.message)?.[1];
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    extensions: {
      code: 'INVALID_VARIABLE',
      problems: [{ path: at === undefined ? [] : at.split(/[.[\]]+/), explanation: error.message }],
    },
  });
}

/** The variables as the schema takes them, or the errors Shopify answers with. */
export function readVariables(
  { schema }: AdminSchema,
  document: ReadyDocument,
  inputs: Readonly<Record<string, unknown>>,
): { readonly variables: Record<string, unknown> } | { readonly errors: readonly GraphQLError[] } {
  const read = getVariableValues(schema, document.operation.variableDefinitions ?? [], { ...inputs });
  if (!read.errors) return { variables: read.coerced };
  return { errors: read.errors.map(invalidVariable) };
}

/** What running an operation gave, and the points it really cost. */
interface Outcome {
  readonly result: ExecutionResult;
  readonly actualCost: number;
}

/** Runs a valid operation. Throws what a resolver threw by mistake (a bug of the sandbox). */
export async function run(
  admin: AdminSchema,
  access: AccessCheck,
  document: ReadyDocument,
  inputs: Readonly<Record<string, unknown>>,
  root: Source,
  call: Call,
): Promise<Outcome> {
  const context: Context = { call, access, points: 0 };
  const result = await execute({
    schema: admin.schema,
    document: document.document,
    rootValue: root,
    contextValue: context,
    variableValues: inputs,
    operationName: document.operation.name?.value ?? null,
    fieldResolver: resolveField,
    typeResolver: resolveType,
  });
  const bug = result.errors?.find(
    (error) => error.originalError && !(error.originalError instanceof GraphQLError),
  );
  if (bug?.originalError) throw bug.originalError;
  return {
    result,
    actualCost:
      document.operation.operation === OperationTypeNode.MUTATION
        ? 10 * document.operation.selectionSet.selections.length
        : Math.max(1, context.points),
  };
}
