import { useEffect, useState } from 'react';
import type { loader } from '../routes/app.variants.ts';
import { askJson } from './ask-json.ts';

type Answer = Awaited<ReturnType<typeof loader>>;

/** Titles of variants by their global ids; `looking` and `unreadable` where Shopify's answer is missing. */
export type VariantNames = ReadonlyMap<string, string> | 'looking' | 'unreadable';

/** What these variants are called in Shopify; one that is gone is absent. `ids` are a page's, at most 50. */
export function useVariantNames(ids: readonly string[]): VariantNames {
  const key = [...new Set(ids)].map((id) => id.replace(/^.*\//, '')).join(',');
  const [known, setKnown] = useState<{ key: string; names: VariantNames }>({ key: '', names: new Map() });
  useEffect(() => {
    let over = false;
    const ask = async () => {
      const answer = key === '' ? null : await askJson<Answer>(`/app/variants?ids=${key}`);
      if (over) return;
      const names = new Map(answer?.ok === true ? answer.variants.map(({ id, title }) => [id, title]) : []);
      setKnown({ key, names: key === '' || answer?.ok === true ? names : 'unreadable' });
    };
    void ask(); // `askJson` answers null for what goes wrong.
    return () => {
      over = true;
    };
  }, [key]);
  return known.key === key ? known.names : 'looking';
}
