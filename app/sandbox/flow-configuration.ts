import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import type { FlowExtensions } from './shopify/flow.ts';

const configuration = z.object({
  extensions: z.array(
    z.object({
      handle: z.string(),
      type: z.string(),
      runtime_url: z.string().optional(),
      url: z.string().optional(),
    }),
  ),
  settings: z
    .object({ fields: z.array(z.object({ type: z.string(), key: z.string().optional() })).default([]) })
    .optional(),
});

/** Reads what the app's extensions tell Shopify Flow, as a deployment does. Throws where one is no such file. */
export function readFlowExtensions(folder: string): FlowExtensions {
  const files = readdirSync(folder).map((name) => path.join(folder, name, 'shopify.extension.toml'));
  const all = files
    .filter((file) => existsSync(file))
    .map((file) => configuration.parse(parse(readFileSync(file, 'utf8'))))
    .flatMap(({ extensions, settings }) =>
      extensions.map((one) => ({ ...one, fields: settings?.fields ?? [] })),
    );
  const of = (type: string) => all.filter((one) => one.type === type);
  return {
    triggers: new Map(
      of('flow_trigger').map(({ handle, fields }) => [
        handle,
        fields.map(({ type, key }) => key ?? type.replace('_reference', '_id')),
      ]),
    ),
    actions: new Map(of('flow_action').map(({ handle, runtime_url: url = '' }) => [handle, url])),
    inUse: of('flow_trigger_lifecycle_callback')[0]?.url ?? null,
  };
}
