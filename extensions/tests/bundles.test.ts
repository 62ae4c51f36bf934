import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildExtensions } from '../build.ts';

/** What Shopify takes at most, compressed. */
const most = 64 * 1024;

it('REQ-3: each bundle is smaller than Shopify’s limit, hands itself to its place, and makes no code of texts', async () => {
  const bundles = await buildExtensions();
  expect(bundles.length).toBeGreaterThan(0);
  for (const { handle, target, file, size } of bundles) {
    expect(size, handle).toBeLessThan(most);
    const script = readFileSync(file, 'utf8');
    expect(script, handle).toContain(`shopify.extend("${target}"`);
    expect(script, handle).not.toMatch(/\beval\(|https?:\/\/(?!www\.w3\.org|json-schema\.org)/);
  }
});
