import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { IfSent } from '../domain/if-sent.ts';
import { useStyle } from './style.ts';
import { flatParams, sayable } from './wording.ts';

const futile = new Set<IfSent['key']>(['not_possible', 'not_known']);

/** Whether there is a sense in sending it; not before it was looked at. */
export function canBeSent(ifSent: IfSent | undefined): boolean {
  return ifSent !== undefined && !futile.has(ifSent.key);
}

/** What would happen if it were sent now, in words. */
export function SayIfSent({ ifSent, now }: { readonly ifSent: IfSent | undefined; readonly now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  if (!ifSent)
    return (
      <Text as="span" tone="subdued">
        {t('quarantine.looking')}
      </Text>
    );
  return (
    <Text as="span" fontWeight="medium">
      {t(`ifSent.${ifSent.key}`, sayable(flatParams(ifSent.params), t, style))}
    </Text>
  );
}
