import { connection, type Connection, type PageArgs } from './connection.ts';
import type { Source } from './execute.ts';
import { gid } from './ids.ts';
import type { MetafieldRecord } from './records.ts';
import { dateTime } from './times.ts';
import { fullNamespace } from './world.ts';
import { metafieldDigest } from './metafields.ts';

function jsonValue(record: MetafieldRecord): unknown {
  if (record.type === 'json' || record.type.startsWith('list.')) return JSON.parse(record.value) as unknown;
  if (record.type === 'boolean') return record.value === 'true';
  return record.type === 'number_integer' ? Number(record.value) : record.value;
}

/** A metafield as GraphQL shows it. */
export function metafieldFields(record: MetafieldRecord, owner: () => object): Source {
  return {
    __typename: 'Metafield',
    id: gid('Metafield', record.id),
    legacyResourceId: String(record.id),
    namespace: record.namespace,
    key: record.key,
    type: record.type,
    value: record.value,
    jsonValue: () => jsonValue(record),
    compareDigest: () => metafieldDigest(record.value),
    ownerType: 'ORDER',
    owner,
    createdAt: dateTime(record.createdAt),
    updatedAt: dateTime(record.updatedAt),
    description: null,
    sizeInBytes: Buffer.byteLength(record.value),
  };
}

/** The two metafield fields every owner has. */
export function metafieldsOf(
  records: () => readonly MetafieldRecord[],
  owner: () => object,
): Record<'metafield' | 'metafields', unknown> {
  return {
    metafield: (args: { namespace?: string | null; key: string }): Source | null => {
      const namespace = fullNamespace(args.namespace);
      const found = records().find((one) => one.namespace === namespace && one.key === args.key);
      return found ? metafieldFields(found, owner) : null;
    },
    metafields: (
      args: PageArgs & { namespace?: string | null; keys?: readonly string[] | null },
    ): Connection => {
      const namespace = args.namespace == null ? null : fullNamespace(args.namespace);
      const wanted = (args.keys ?? []).map((key) => {
        const at = key.lastIndexOf('.');
        return `${fullNamespace(at === -1 ? null : key.slice(0, at))}.${key.slice(at + 1)}`;
      });
      const found = records().filter(
        (one) =>
          (namespace === null || one.namespace === namespace) &&
          (wanted.length === 0 || wanted.includes(`${one.namespace}.${one.key}`)),
      );
      return connection(
        found,
        args,
        (one) => [null, one.id],
        (one) => metafieldFields(one, owner),
      );
    },
  };
}
