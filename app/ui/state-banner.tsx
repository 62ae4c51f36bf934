import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { OrderView } from './order-view.ts';
import { useStyle } from './style.ts';
import { sayable } from './wording.ts';

const tones = {
  critical: 'critical',
  warning: 'warning',
  attention: 'warning',
  success: 'success',
} as const;
const toneOf = (tone: string) => (tone in tones ? tones[tone as keyof typeof tones] : 'info');

/** The one sentence on an order. Its clock is in the badge: this is read out where it changes. */
export function StateBanner({ order, now }: { readonly order: OrderView; readonly now: number }) {
  const { t } = useTranslation();
  const words = sayable(order.params, t, useStyle(now));
  return <Banner tone={toneOf(order.tone)}>{t(`state.${order.state}.sentence`, words)}</Banner>;
}
