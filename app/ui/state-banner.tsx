import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { OrderView } from './order-view.ts';
import { useStyle } from './style.ts';
import { useTicking } from './use-ticking.ts';
import { sayable } from './wording.ts';

const tones = {
  critical: 'critical',
  warning: 'warning',
  attention: 'warning',
  success: 'success',
} as const;
const toneOf = (tone: string) => (tone in tones ? tones[tone as keyof typeof tones] : 'info');

/** The one sentence on an order, with its clock counting down where it has one. */
export function StateBanner({ order, now }: { readonly order: OrderView; readonly now: number }) {
  const { t } = useTranslation();
  const words = sayable(order.params, t, useStyle(useTicking(now, 'clock' in order.params)));
  return <Banner tone={toneOf(order.tone)}>{t(`state.${order.state}.sentence`, words)}</Banner>;
}
