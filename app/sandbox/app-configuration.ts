import { parse } from 'smol-toml';
import { z } from 'zod';
import type { ShopifyOptions } from './shopify/world.ts';

/** What shopify.app.toml tells Shopify about the app. */
export type AppConfiguration = Pick<ShopifyOptions, 'subscriptions' | 'metafieldDefinitions'>;

const subscription = z.object({
  uri: z.string(),
  topics: z.array(z.string()).default([]),
  compliance_topics: z.array(z.string()).default([]),
  include_fields: z.array(z.string()).optional(),
});

const configuration = z.object({
  webhooks: z.object({ subscriptions: z.array(subscription).default([]) }).optional(),
  order: z
    .object({ metafields: z.object({ app: z.record(z.string(), z.object({ type: z.string() })) }) })
    .optional(),
});

/** Reads webhook subscriptions and order metafields out of shopify.app.toml. Throws where it is no such file. */
export function readAppConfiguration(toml: string): AppConfiguration {
  const { webhooks, order } = configuration.parse(parse(toml));
  return {
    subscriptions: (webhooks?.subscriptions ?? []).flatMap(({ uri, include_fields: includeFields, ...all }) =>
      [...all.topics, ...all.compliance_topics].map((topic) => ({
        topic,
        path: uri,
        ...(includeFields ? { includeFields } : {}),
      })),
    ),
    metafieldDefinitions: Object.entries(order?.metafields.app ?? {}).map(([key, { type }]) => ({
      namespace: '$app' as const,
      key,
      type,
      unique: type === 'id',
    })),
  };
}
