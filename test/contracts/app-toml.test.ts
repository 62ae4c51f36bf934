import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { apiVersion } from '../../app/shopify/api-version.ts';
import { scopeList } from '../../app/shopify/scopes.ts';

const toml = readFileSync('shopify.app.toml', 'utf8');
const text = (key: string) => new RegExp(`^${key} = "(.*)"$`, 'm').exec(toml)?.[1];
const lists = (key: string) =>
  [...toml.matchAll(new RegExp(`^${key} = \\[(.*)\\]$`, 'gm'))].flatMap((match) =>
    [...(match[1] ?? '').matchAll(/"([^"]+)"/g)].map((each) => each[1]),
  );

describe('shopify.app.toml', () => {
  it('names the one API version', () => {
    expect(text('api_version')).toBe(apiVersion);
  });

  it('asks for the scopes of the table and no others', () => {
    expect(text('scopes')?.split(',')).toEqual([...scopeList]);
  });

  it('SEC-4: subscribes to the three privacy topics and to uninstalling', () => {
    expect(lists('compliance_topics')).toEqual(['customers/data_request', 'customers/redact', 'shop/redact']);
    expect(lists('topics')).toEqual(expect.arrayContaining(['app/uninstalled', 'app/scopes_update']));
  });

  it('is installed without the old flow, inside the admin', () => {
    expect(toml).toMatch(/^use_legacy_install_flow = false$/m);
    expect(toml).toMatch(/^embedded = true$/m);
  });

  it('IMP-1: declares the order id as a metafield of type id, which makes it unique', () => {
    expect(toml).toMatch(/^\[order\.metafields\.app\.order_id\]\ntype = "id"$/m);
  });
});
