import type { ShopifyOptions } from './shopify/world.ts';

/** What shopify.app.toml tells Shopify about the app. */
export type AppConfiguration = Pick<ShopifyOptions, 'subscriptions' | 'metafieldDefinitions'>;

interface Section {
  readonly name: string;
  readonly values: Map<string, string>;
}

const header = /^\[\[?([^[\]]+)\]\]?$/;
const orderMetafield = /^order\.metafields\.app\.(\w+)$/;

/** Sections of a toml file with plain keys, texts and lists of texts, which is all that ours needs. */
function sectionsOf(toml: string): Section[] {
  const sections: Section[] = [];
  const plain = toml.replace(/\[\s*\n([^\]]*)\]/g, (list) => list.replaceAll('\n', ' '));
  for (const line of plain.split('\n').map((text) => text.replace(/(^|\s)#[^"]*$/, '').trim())) {
    const name = header.exec(line)?.[1];
    if (name !== undefined) sections.push({ name, values: new Map() });
    const [, key, value] = /^(\w+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name === undefined && key !== undefined && value !== undefined)
      sections.at(-1)?.values.set(key, value);
  }
  return sections;
}

const texts = (value = ''): string[] => [...value.matchAll(/"([^"]*)"/g)].map(([, text = '']) => text);

/** Reads webhook subscriptions and order metafields out of shopify.app.toml. */
export function readAppConfiguration(toml: string): AppConfiguration {
  const sections = sectionsOf(toml);
  return {
    subscriptions: sections
      .filter(({ name }) => name === 'webhooks.subscriptions')
      .flatMap(({ values }) => {
        const [path] = texts(values.get('uri'));
        const topics = [...texts(values.get('topics')), ...texts(values.get('compliance_topics'))];
        return path === undefined ? [] : topics.map((topic) => ({ topic, path }));
      }),
    metafieldDefinitions: sections.flatMap(({ name, values }) => {
      const key = orderMetafield.exec(name)?.[1];
      const [type] = texts(values.get('type'));
      return key === undefined || type === undefined
        ? []
        : [{ namespace: '$app', key, type, unique: type === 'id' }];
    }),
  };
}
