import { List } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Effect } from '../domain/decision-effects.ts';
import { useStyle } from './style.ts';
import { flatParams, sayable } from './wording.ts';

/** Everything that a decision will do, Amazon first, because it happens first. `now`: the server's time, ms UTC. */
export function EffectList({ effects, now }: { readonly effects: readonly Effect[]; readonly now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  return (
    <List>
      {effects.map(({ key, params }) => {
        const words = sayable(flatParams(params), t, style);
        const what = key === 'reason' ? { what: t(`amazonReason.${String(words['what'])}`) } : {};
        return <List.Item key={key}>{t(`effect.${key}`, { ...words, ...what })}</List.Item>;
      })}
    </List>
  );
}
