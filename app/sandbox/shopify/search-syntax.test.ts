import { describe, expect, it } from 'vitest';
import { parseSearch, type Search } from './search-syntax.ts';

const term = (field: string | null, value: string, op: '=' | '>=' = '='): Search => ({
  kind: 'term',
  field,
  op,
  value,
});

describe('parseSearch', () => {
  it.each<[string, Search]>([
    ['', { kind: 'all' }],
    ['tag:a', term('tag', 'a')],
    ['name:"#1 (b)"', term('name', '#1 (b)')],
    ["tag:'a b'", term('tag', 'a b')],
    ['created_at:>=2026-01-01T00:00:00Z', term('created_at', '2026-01-01T00:00:00Z', '>=')],
    ['created_at:>="2026-01-01"', term('created_at', '2026-01-01', '>=')],
    ['source_identifier:a\\:b', term('source_identifier', 'a:b')],
    ['metafields.$app.order_id:"1-2"', term('metafields.$app.order_id', '1-2')],
    ['Bob', term(null, 'Bob')],
    ['"Bob Norman"', term(null, 'Bob Norman')],
    ["O'Neil", term(null, "O'Neil")],
    ['-tag:a', { kind: 'not', part: term('tag', 'a') }],
    ['NOT tag:a', { kind: 'not', part: term('tag', 'a') }],
    ['a b', { kind: 'and', parts: [term(null, 'a'), term(null, 'b')] }],
    [
      'tag:a AND tag:b OR tag:c',
      { kind: 'or', parts: [{ kind: 'and', parts: [term('tag', 'a'), term('tag', 'b')] }, term('tag', 'c')] },
    ],
    [
      'tag:a (tag:b OR tag:c',
      { kind: 'and', parts: [term('tag', 'a'), { kind: 'or', parts: [term('tag', 'b'), term('tag', 'c')] }] },
    ],
  ])('reads %s', (text, expected) => {
    expect(parseSearch(text)).toEqual(expected);
  });
});
