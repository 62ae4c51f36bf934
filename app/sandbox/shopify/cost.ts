import {
  getNamedType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  getNullableType,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

interface Walk {
  readonly schema: GraphQLSchema;
  readonly variables: Variables;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** True for what costs a point: objects with an id of their own. Money, addresses, edges and payloads are free. */
export function costsPoint(type: GraphQLNamedType): boolean {
  if (isInterfaceType(type)) return type.name === 'Node';
  return isObjectType(type) && type.getInterfaces().some((one) => one.name === 'Node');
}

function argument(field: FieldNode, names: readonly string[], variables: Variables): unknown {
  for (const node of field.arguments ?? []) {
    if (!names.includes(node.name.value)) continue;
    if (node.value.kind === Kind.VARIABLE) return variables[node.value.name.value] ?? undefined;
    if (node.value.kind === Kind.INT) return Number(node.value.value);
    if (node.value.kind === Kind.LIST) return node.value.values;
  }
  return undefined;
}

function sizeOf(field: FieldNode, definition: GraphQLField<unknown, unknown>, walk: Walk): number {
  const given = argument(field, ['first', 'last'], walk.variables);
  if (typeof given === 'number') return given;
  const ids = argument(field, ['ids'], walk.variables);
  if (Array.isArray(ids)) return ids.length;
  return isListType(getNullableType(definition.type)) ||
    getNamedType(definition.type).name.endsWith('Connection')
    ? 10
    : 1;
}

function costOf(set: SelectionSetNode | undefined, parent: GraphQLNamedType, walk: Walk): number {
  let cost = 0;
  for (const selection of set?.selections ?? []) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = walk.fragments.get(selection.name.value);
      const type = fragment && walk.schema.getType(fragment.typeCondition.name.value);
      if (fragment && type) cost += costOf(fragment.selectionSet, type, walk);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = selection.typeCondition ? walk.schema.getType(selection.typeCondition.name.value) : parent;
      if (type) cost += costOf(selection.selectionSet, type, walk);
    } else if (isObjectType(parent) || isInterfaceType(parent)) {
      cost += costOfField(selection, parent.getFields()[selection.name.value], parent, walk);
    }
  }
  return cost;
}

function costOfField(
  field: FieldNode,
  definition: GraphQLField<unknown, unknown> | undefined,
  parent: GraphQLNamedType,
  walk: Walk,
): number {
  if (!definition || !field.selectionSet) return 0;
  if (parent === walk.schema.getMutationType()) return 10;
  const type = getNamedType(definition.type);
  const inside = costOf(field.selectionSet, type, walk) + (costsPoint(type) ? 1 : 0);
  // The size of a connection counts at the connection; its `nodes` and `edges` are once each.
  return parent.name.endsWith('Connection') ? inside : inside * sizeOf(field, definition, walk);
}

/**
 * Points an operation asks for. A mutation is 10, whatever it reads back. In a query every object with an id is 1, values
 * are 0, and what lies in a connection or list counts `first` (or `last`, or the number of `ids`, or 10) times.
 * Shopify publishes no exact formula; this is the simple linear one of its documentation.
 */
export function requestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const root =
    operation.operation === OperationTypeNode.MUTATION ? schema.getMutationType() : schema.getQueryType();
  if (!root) return 0;
  return Math.max(1, costOf(operation.selectionSet, root, { schema, variables, fragments }));
}
