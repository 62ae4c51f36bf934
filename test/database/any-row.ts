import type { TestDatabase } from '../database.ts';

const anyOf: Record<string, string> = {
  text: `'x' || gen_random_uuid()`,
  timestamptz: 'now()',
  timestamp: 'now()',
  int4: '1',
  int8: '1',
  bool: 'false',
  jsonb: `'{}'`,
  uuid: 'gen_random_uuid()',
};

/** A statement that puts a row for the shop into any table: each column that must be given gets some value of its type. */
export async function insertInto(database: TestDatabase, table: string, shop: string): Promise<string> {
  const needed = await database.owner<{ column_name: string; udt_name: string }>(
    `select column_name, udt_name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_nullable = 'NO' and column_default is null`,
    [table],
  );
  const values = needed.map(({ column_name, udt_name }) => {
    const value = column_name === 'shop' ? `'${shop}'` : anyOf[udt_name];
    if (value === undefined) throw new Error(`No value for a column of type ${udt_name}`);
    return value;
  });
  return `insert into "${table}" (${needed.map((c) => `"${c.column_name}"`).join(', ')}) values (${values.join(', ')})`;
}
