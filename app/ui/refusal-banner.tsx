import { Banner } from '@shopify/polaris';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectRefusal } from '../domain/connect-refusal.ts';

interface Props {
  readonly refusal: ConnectRefusal;
  /** How to begin anew, where that is not right beside it. */
  readonly onAgain?: () => void;
}

/** Says why an account was not connected; whoever reads the page aloud is led to it. */
export function RefusalBanner({ refusal, onAgain }: Props) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.focus();
  }, [refusal]);
  return (
    <div ref={place} tabIndex={-1} role="alert" style={{ outline: 'none' }}>
      <Banner
        tone="critical"
        {...(onAgain ? { action: { content: t('connect.startAgain'), onAction: onAgain } } : {})}
      >
        <p>{t(`connect.refused.${refusal}`)}</p>
        {refusal === 'role_missing' && (
          <p>{t('connect.howToAddText', { role: 'Inventory and Order Tracking' })}</p>
        )}
      </Banner>
    </div>
  );
}
