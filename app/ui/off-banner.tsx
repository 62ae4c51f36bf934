import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { sectionUrl } from './settings-sections.ts';

interface Props {
  /** How many actions wait in quarantine. */
  readonly kept: number;
  readonly dryRun: boolean;
}

/** Says that something is not sent to Amazon, and where that is decided: what waits in quarantine, else that nothing is sent. */
export function OffBanner({ kept, dryRun }: Props) {
  const { t } = useTranslation();
  if (kept > 0)
    return (
      <Banner tone="warning" action={{ content: t('problems.review'), url: '/app/quarantine' }}>
        {t('home.kept', { n: kept })}
      </Banner>
    );
  if (!dryRun) return null;
  return (
    <Banner tone="info" action={{ content: t('home.openSettings'), url: sectionUrl('dryRun') }}>
      {t('home.dryRun')}
    </Banner>
  );
}
