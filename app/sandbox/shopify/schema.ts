import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import { checkScalars } from './scalars.ts';

/** What Shopify's own file says about access to a type, or to one field of it. */
export interface AccessRule {
  readonly typeName: string;
  readonly fieldName?: string;
  readonly requiredAccess: string;
  /** Any one of them is enough; empty: everybody may. */
  readonly offlineScopes: readonly string[];
}

/** The official Admin schema of the pinned version with its access rules. */
export interface AdminSchema {
  readonly schema: GraphQLSchema;
  readonly access: readonly AccessRule[];
}

interface SchemaFile {
  readonly data: IntrospectionQuery;
  readonly offline_scopes: { readonly items: readonly AccessRule[] };
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const places = [
  join(root, 'node_modules', '.cache', 'concord', 'admin_2026-10.json.gz'),
  join(root, '..', 'shared', 'shopify', 'admin_2026-10.json.gz'),
];

/** The one API version the pretend Shopify speaks. */
export const pretendVersion = '2026-10';

let loaded: AdminSchema | undefined;

/** Loads the official schema once (half a second). Throws with a way out where the file was never fetched. */
export function adminSchema(): AdminSchema {
  if (loaded) return loaded;
  const path = places.find((place) => existsSync(place));
  if (path === undefined)
    throw new Error(
      'The Shopify Admin schema is missing. Run "node app/sandbox/shopify/fetch-schema.ts" with access to npm.',
    );
  const file = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as SchemaFile;
  const schema = buildClientSchema(file.data);
  checkScalars(schema);
  loaded = { schema, access: file.offline_scopes.items };
  return loaded;
}
