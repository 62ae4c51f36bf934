import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { expect, it } from 'vitest';
import * as z from 'zod';

const here = path.join(import.meta.dirname, '..');
const folders = readdirSync(here).filter((name) =>
  existsSync(path.join(here, name, 'shopify.extension.toml')),
);
const languages = ['de', 'es', 'fr', 'ja', 'ro', 'vi', 'zh-TW'];

type Texts = Record<string, string>;
const textsOf = (folder: string, file: string) =>
  JSON.parse(readFileSync(path.join(here, folder, 'locales', `${file}.json`), 'utf8')) as Texts;
const holes = (text = '') => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort();

it('every text of an extension is said in every language, with the same holes, and asked for', () => {
  for (const folder of folders.filter((one) => existsSync(path.join(here, one, 'src')))) {
    const english = textsOf(folder, 'en.default');
    const sources = readdirSync(path.join(here, folder, 'src'))
      .map((file) => readFileSync(path.join(here, folder, 'src', file), 'utf8'))
      .join('\n');
    const unasked = Object.keys(english).filter((key) => key !== 'name' && !sources.includes(`'${key}'`));
    expect(unasked, folder).toEqual([]);
    for (const language of languages) {
      const own = textsOf(folder, language);
      expect(Object.keys(own).sort(), `${folder} ${language}`).toEqual(Object.keys(english).sort());
      for (const [key, text] of Object.entries(own)) {
        expect(holes(text), `${folder} ${language} ${key}`).toEqual(holes(english[key]));
        expect(text, `${folder} ${language} ${key}`).not.toBe(english[key]);
        expect(text).not.toMatch(/[!！¡]/);
      }
    }
  }
});

// As shopify.dev documents them ("UI extensions configuration", "Flow trigger reference", "Flow action reference"); Shopify's own
// check runs when it is deployed.
const handle = z.string().regex(/^[a-z0-9-]{1,30}$/);
const uid = z.uuid();
const field = z.strictObject({
  type: z.enum(['order_reference', 'single_line_text_field', 'number_decimal', 'boolean']),
  key: z.optional(z.string()),
  name: z.optional(z.string()),
  description: z.optional(z.string()),
  required: z.optional(z.boolean()),
});
const settings = z.strictObject({ fields: z.array(field) });
const named = { name: z.string().min(1).max(50), handle, uid };
const uiExtension = z.strictObject({
  api_version: z.literal('2026-07'),
  extensions: z.tuple([
    z.strictObject({
      ...named,
      name: z.literal('t:name'),
      type: z.literal('ui_extension'),
      targeting: z.tuple([z.strictObject({ module: z.string().startsWith('./src/'), target: z.string() })]),
    }),
  ]),
});
/** Keys of a trigger's payload are letters and spaces; those of an action become names in its request. */
const keysAre = (pattern: RegExp) => (file: { settings: z.infer<typeof settings> }) =>
  file.settings.fields.every(({ type, key }) =>
    type === 'order_reference' ? key === undefined : pattern.test(key ?? ''),
  );
const description = z.string().max(255);
const trigger = z
  .strictObject({
    extensions: z.tuple([z.strictObject({ ...named, description, type: z.literal('flow_trigger') })]),
    settings,
  })
  .refine(keysAre(/^[a-zA-Z ]+$/));
const action = z
  .strictObject({
    extensions: z.tuple([
      z.strictObject({
        ...named,
        description,
        type: z.literal('flow_action'),
        runtime_url: z.string().startsWith('/flow/'),
        schema: z.literal('./schema.graphql'),
        return_type_ref: z.string(),
      }),
    ]),
    settings,
  })
  .refine(keysAre(/^[a-z_]+$/));
const callback = z.strictObject({
  extensions: z.tuple([
    z.strictObject({
      ...named,
      type: z.literal('flow_trigger_lifecycle_callback'),
      url: z.string().startsWith('/flow/'),
    }),
  ]),
});

it('every extension’s file has the fields that Shopify documents, a handle and an id of its own, and names what is there', () => {
  const handles = new Set<string>();
  const ids = new Set<string>();
  for (const folder of folders) {
    const file = parse(readFileSync(path.join(here, folder, 'shopify.extension.toml'), 'utf8'));
    const read = z.union([uiExtension, trigger, action, callback]).safeParse(file);
    expect(read.error, folder).toBeUndefined();
    const [extension] = read.data?.extensions ?? [];
    if (!extension) continue;
    handles.add(extension.handle);
    ids.add(extension.uid);
    if (extension.type === 'ui_extension') {
      expect(extension.handle, folder).toBe(folder);
      expect(existsSync(path.join(here, folder, extension.targeting[0].module)), folder).toBe(true);
    }
    if (extension.type === 'flow_action') {
      const schema = readFileSync(path.join(here, folder, 'schema.graphql'), 'utf8');
      expect(schema).toContain(`type ${extension.return_type_ref} {`);
    }
    const url =
      'runtime_url' in extension ? extension.runtime_url : 'url' in extension ? extension.url : null;
    if (url !== null)
      expect(existsSync(path.join(here, '..', 'app', 'routes', `${url.slice(1).replace('/', '.')}.ts`))).toBe(
        true,
      );
  }
  expect([handles.size, ids.size]).toEqual([folders.length, folders.length]);
});
