import { GraphQLError } from 'graphql';

const firstNumbers: Readonly<Record<string, bigint>> = {
  // The first order ids are still exact as a double, the ones after are not.
  Order: 9007199254740990n,
  LineItem: 9107199254740993n,
  Location: 70880100001n,
  Shop: 61220100001n,
};
const otherwise = 45100200300401n;

/** Hands out numeric ids, some of them beyond what a double can hold, and never the same one twice. */
export function createIds(): (type: string) => bigint {
  const last = new Map<string, bigint>();
  return (type) => {
    const id = (last.get(type) ?? (firstNumbers[type] ?? otherwise) - 1n) + 1n;
    last.set(type, id);
    return id;
  };
}

/** A global id. */
export function gid(type: string, id: bigint | number): string {
  return `gid://shopify/${type}/${String(id)}`;
}

/** The parts of a global id. Throws the GraphQL error Shopify gives for a text that is none. */
export function parseGid(value: string): { readonly type: string; readonly id: bigint } {
  const match = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d+)(\?.*)?$/.exec(value);
  if (!match) {
    throw new GraphQLError(`Invalid global id '${value}'`, {
      extensions: { code: 'argumentLiteralsIncompatible', typeName: 'CoercionError' },
    });
  }
  return { type: match[1] ?? '', id: BigInt(match[2] ?? '0') };
}

/** The number in a global id of the type; null where it is an id of another type. */
export function idOf(type: string, value: string): bigint | null {
  const parsed = parseGid(value);
  return parsed.type === type ? parsed.id : null;
}
