import { expect, it } from 'vitest';
import { readAppConfiguration } from './app-configuration.ts';

it('reads what Shopify has to know of the app', () => {
  const toml = `
name = "App" # the name
[webhooks]
api_version = "2026-10"
  [[webhooks.subscriptions]]
  topics = [ "app/uninstalled", "app/scopes_update" ]
  uri = "/webhooks/app"

  # asked for by law
  [[webhooks.subscriptions]]
  compliance_topics = [
    "shop/redact",
    "customers/redact",
  ]
  uri = "/webhooks/compliance"

[order.metafields.app.order_id]
type = "id"
name = "Amazon order id"
[order.metafields.app.cancel_request]
type = "json"
`;
  expect(readAppConfiguration(toml)).toEqual({
    subscriptions: [
      { topic: 'app/uninstalled', path: '/webhooks/app' },
      { topic: 'app/scopes_update', path: '/webhooks/app' },
      { topic: 'shop/redact', path: '/webhooks/compliance' },
      { topic: 'customers/redact', path: '/webhooks/compliance' },
    ],
    metafieldDefinitions: [
      { namespace: '$app', key: 'order_id', type: 'id', unique: true },
      { namespace: '$app', key: 'cancel_request', type: 'json', unique: false },
    ],
  });
});
