import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { RateView } from './rate-view.ts';

const fill = {
  success: 'var(--p-color-bg-fill-success)',
  warning: 'var(--p-color-bg-fill-caution)',
  critical: 'var(--p-color-bg-fill-critical)',
} as const;

const height = 48;
const bar = { y: 24, height: 12 };

/** A rate beside its limit, which stands in the middle; what is not known is hatched. The same in words is its label. */
export function RateGauge({ rate, label }: { readonly rate: RateView; readonly label: string }) {
  const { t } = useTranslation();
  const hatched = useId();
  const place = (value: number | null) => Math.min(100, ((value ?? 0) / (rate.limit * 2)) * 100);
  const known = place(rate.percent);
  const worst = place(rate.worst);
  return (
    <svg width="100%" height={height} role="img" aria-label={label}>
      <defs>
        <pattern
          id={hatched}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="3" height="6" fill="var(--p-color-bg-fill-caution)" />
        </pattern>
      </defs>
      <rect width="100%" {...bar} rx="4" fill="var(--p-color-bg-fill-tertiary)" />
      <rect width={`${worst}%`} {...bar} rx="4" fill={`url(#${hatched})`} />
      <rect width={`${known}%`} {...bar} rx="4" fill={fill[rate.tone]} />
      <line
        x1="50%"
        x2="50%"
        y1={bar.y - 6}
        y2={bar.y + bar.height + 6}
        stroke="var(--p-color-text)"
        strokeWidth="2"
      />
      <text x="50%" y={bar.y - 10} textAnchor="middle" fontSize="12" fill="var(--p-color-text-secondary)">
        {t('rate.limit', { limit: rate.limit })}
      </text>
    </svg>
  );
}
