import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/** A parsed and valid document, and the operation to run. */
export interface ReadyDocument {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Names of the root fields, each once, in the order they were written. */
  readonly roots: readonly string[];
}

/** Either a document that can run, or Shopify's errors about it. */
type DocumentResult =
  | { readonly ready: ReadyDocument }
  | { readonly errors: readonly GraphQLError[]; readonly roots: readonly string[] };

const codes: readonly (readonly [RegExp, string])[] = [
  [/^Cannot query field/, 'undefinedField'],
  [/^Unknown argument/, 'argumentNotAccepted'],
  [/^Field ".*" argument ".*" .*required/, 'missingRequiredArguments'],
  [/^Field ".*" .*required type .*not provided/, 'missingRequiredInputObjectAttribute'],
  [/^Field ".*" is not defined by type/, 'argumentNotAccepted'],
  [/^Variable ".*" of type ".*" used in position/, 'variableMismatch'],
  [/^Variable ".*" is not defined/, 'variableNotDefined'],
  [/^Variable ".*" is never used/, 'variableNotUsed'],
  [/must have a selection of subfields/, 'selectionMismatch'],
  [/must not have a selection/, 'selectionMismatch'],
  [/^Unknown type/, 'undefinedType'],
  [/^Fragment ".*" is never used/, 'useAndDefineFragment'],
];
const keep = 500;

function coded(error: GraphQLError): GraphQLError {
  const code = codes.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'argumentLiteralsIncompatible';
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    extensions: { code },
  });
}

function rootsOf(operation: OperationDefinitionNode | undefined): string[] {
  const names = (operation?.selectionSet.selections ?? []).flatMap((one) =>
    one.kind === Kind.FIELD ? [one.name.value] : [],
  );
  return [...new Set(names)];
}

function pick(document: DocumentNode, name: string | null): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  return name === null && operations.length === 1
    ? operations[0]
    : operations.find((one) => one.name?.value === name);
}

function read(schema: GraphQLSchema, text: string, name: string | null): DocumentResult {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error], roots: [] };
    throw error;
  }
  const operation = pick(document, name);
  const errors = validate(schema, document);
  if (errors.length > 0) return { errors: errors.map(coded), roots: rootsOf(operation) };
  if (operation && operation.operation !== OperationTypeNode.SUBSCRIPTION)
    return { ready: { document, operation, roots: rootsOf(operation) } };
  return { errors: [new GraphQLError('An operation name is required')], roots: [] };
}

/** Reads documents and remembers the last 500 of them by their text. */
export function createDocuments(
  schema: GraphQLSchema,
): (text: string, name: string | null) => DocumentResult {
  const cache = new Map<string, DocumentResult>();
  return (text, name) => {
    const key = `${name ?? ''} ${text}`;
    const known = cache.get(key);
    if (known) return known;
    const fresh = read(schema, text, name);
    if (cache.size >= keep) cache.clear();
    cache.set(key, fresh);
    return fresh;
  };
}
