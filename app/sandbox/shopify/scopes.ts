import { getNamedType, GraphQLError, isObjectType, type GraphQLOutputType } from 'graphql';
import type { AccessRule, AdminSchema } from './schema.ts';
import type { Grant } from './tokens.ts';

/** Checks whether a grant may use a field. */
export interface AccessCheck {
  /** The error Shopify gives for the field, or null where it may be used. */
  denied(grant: Grant, typeName: string, fieldName: string, returns: GraphQLOutputType): GraphQLError | null;
}

const offlineOnly = /only accessible to apps authenticated using \[offline tokens\]/;

function owns(scopes: ReadonlySet<string>, wanted: string): boolean {
  // Who may write may read.
  return scopes.has(wanted) || (wanted.startsWith('read_') && scopes.has(`write_${wanted.slice(5)}`));
}

function nodeTypeName(returns: GraphQLOutputType): string {
  const type = getNamedType(returns);
  if (!type.name.endsWith('Connection') || !isObjectType(type)) return type.name;
  const nodes = type.getFields()['nodes'];
  return nodes ? getNamedType(nodes.type).name : type.name;
}

function error(fieldName: string, rule: AccessRule): GraphQLError {
  const required = rule.requiredAccess;
  return new GraphQLError(`Access denied for ${fieldName} field. Required access: ${required}`, {
    extensions: {
      code: 'ACCESS_DENIED',
      documentation: 'https://shopify.dev/api/usage/access-scopes',
      requiredAccess: required,
    },
  });
}

/** Reads the access rules of the schema file: those of a field, and those of the type it returns. */
export function createAccessCheck({ access }: AdminSchema): AccessCheck {
  const rules = new Map(
    access
      .filter((rule) => rule.offlineScopes.length > 0 || offlineOnly.test(rule.requiredAccess))
      .map((rule) => [
        rule.fieldName === undefined ? rule.typeName : `${rule.typeName}.${rule.fieldName}`,
        rule,
      ]),
  );
  const applying = new Map<string, readonly AccessRule[]>();
  const rulesOf = (
    typeName: string,
    fieldName: string,
    returns: GraphQLOutputType,
  ): readonly AccessRule[] => {
    const key = `${typeName}.${fieldName}`;
    const known = applying.get(key);
    if (known) return known;
    const found = [rules.get(key), rules.get(nodeTypeName(returns))].filter((rule) => rule !== undefined);
    applying.set(key, found);
    return found;
  };
  return {
    denied: (grant, typeName, fieldName, returns) => {
      const { scopes, kind } = grant;
      if (scopes === undefined) return null;
      const broken = rulesOf(typeName, fieldName, returns).find(
        (rule) =>
          !rule.offlineScopes.some((scope) => owns(scopes, scope)) ||
          (kind === 'online' && offlineOnly.test(rule.requiredAccess)),
      );
      return broken ? error(fieldName, broken) : null;
    },
  };
}
