import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Blind } from './blind.ts';
import { formatMoment } from './format.ts';
import { useStyle } from './style.ts';

interface Props {
  readonly blind: Blind;
  readonly now: number;
  /** The list under it is empty, which then means nothing. */
  readonly empty?: boolean;
  /** Where to look meanwhile. */
  readonly sellerCentral: string | null;
}

/** Says that buyers' requests cannot be seen, since when, and where to look instead (REQ-12). */
export function BlindBanner({ blind: { kind, since, why }, now, empty = false, sellerCentral }: Props) {
  const { t } = useTranslation();
  const when = formatMoment(since, useStyle(now));
  const key = empty && kind === 'blind' ? 'home.blind.empty' : `home.blind.${kind}`;
  return (
    <Banner
      tone="critical"
      {...(kind === 'disconnected' && !empty
        ? { action: { content: t('connect.renew'), url: '/app/accounts' } }
        : sellerCentral
          ? { action: { content: t('action.sellerCentral'), url: sellerCentral, target: '_blank' as const } }
          : {})}
    >
      {t(key, { when, why })}
    </Banner>
  );
}
