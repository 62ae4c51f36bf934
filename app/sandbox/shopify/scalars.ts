import { GraphQLError, GraphQLScalarType, valueFromASTUntyped, type GraphQLSchema } from 'graphql';

const decimal = /^[+-]?\d+(\.\d+)?$/;
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  Decimal: isDecimal,
  Money: isDecimal,
  DateTime: (value) => typeof value === 'string' && dateTime.test(value) && !Number.isNaN(Date.parse(value)),
  URL: (value) => typeof value === 'string' && URL.canParse(value),
  UnsignedInt64: (value) => /^\d+$/.test(String(value)),
};

function isDecimal(value: unknown): boolean {
  return (typeof value === 'string' || typeof value === 'number') && decimal.test(String(value));
}

/** Gives the scalars of a schema that was read from a file the checks Shopify makes on input. Changes the schema. */
export function checkScalars(schema: GraphQLSchema): void {
  for (const [name, isValid] of Object.entries(checks)) {
    const scalar = schema.getType(name);
    if (!(scalar instanceof GraphQLScalarType)) throw new Error(`The schema has no scalar ${name}`);
    scalar.parseValue = (value) => {
      if (!isValid(value)) throw new GraphQLError(`invalid ${name}: ${JSON.stringify(value)}`);
      return value;
    };
    scalar.parseLiteral = (node, variables) =>
      scalar.parseValue(valueFromASTUntyped(node, variables ?? undefined));
  }
}
