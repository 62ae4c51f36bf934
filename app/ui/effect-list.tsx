import { List } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Effect } from '../domain/decision-effects.ts';
import { sayEffect } from './say-effect.ts';
import { useStyle } from './style.ts';

/** Everything that a decision will do, Amazon first, because it happens first. `now`: the server's time, ms UTC. */
export function EffectList({ effects, now }: { readonly effects: readonly Effect[]; readonly now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  return (
    <List>
      {effects.map((effect) => (
        <List.Item key={effect.key}>{sayEffect(effect, t, style)}</List.Item>
      ))}
    </List>
  );
}
