import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAppConfiguration } from '../../app/sandbox/app-configuration.ts';
import { apiVersion } from '../../app/shopify/api-version.ts';
import { orderTopics } from '../../app/shopify/webhook-topics.ts';
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

  it('PRO-1: asks for the news of orders that the code knows, and for no field beyond what names them', () => {
    const { subscriptions } = readAppConfiguration(toml);
    const asked = subscriptions.filter((one) => one.path === '/webhooks/orders');
    const known = Object.entries(orderTopics).map(([topic, { at, changedAt, also = [] }]) => [
      topic,
      [...at, ...(changedAt === undefined ? [] : [changedAt]), ...also].sort(),
    ]);
    expect(
      Object.fromEntries(asked.map((one) => [one.topic, [...(one.includeFields ?? [])].sort()])),
    ).toEqual(Object.fromEntries(known));
    expect(new Set(asked.map((one) => one.topic)).size).toBe(asked.length);
  });

  const topicList = '../shared/shopify/webhook-topics_2026-07.md';
  it.skipIf(!existsSync(topicList))('names only topics that Shopify has', () => {
    const named = new Set(
      [...readFileSync(topicList, 'utf8').matchAll(/`([a-z_]+\/[a-z_]+)` events/g)].map((match) => match[1]),
    );
    const compliance = lists('compliance_topics');
    const asked = readAppConfiguration(toml).subscriptions.map((one) => one.topic);
    expect(asked.filter((topic) => !named.has(topic) && !compliance.includes(topic))).toEqual([]);
  });

  it('is installed without the old flow, inside the admin', () => {
    expect(toml).toMatch(/^use_legacy_install_flow = false$/m);
    expect(toml).toMatch(/^embedded = true$/m);
  });

  it('IMP-1: declares the order id as a metafield of type id, which makes it unique', () => {
    expect(toml).toMatch(/^\[order\.metafields\.app\.order_id\]\ntype = "id"$/m);
  });
});
