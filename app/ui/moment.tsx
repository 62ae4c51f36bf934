import { useTranslation } from 'react-i18next';
import { formatExactly, formatMoment, formatRelative } from './format.ts';
import { useStyle } from './style.ts';

/** A moment (ms UTC) as text: relative first, absolute beside it; the time zone is in the tooltip. */
export function Moment({ at, now }: { at: number; now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExactly(at, style)}>
      {t('time.both', { relative: formatRelative(at, style), absolute: formatMoment(at, style) })}
    </time>
  );
}
