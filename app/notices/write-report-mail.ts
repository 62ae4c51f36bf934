import { cancellers } from '../domain/cancellation-rate.ts';
import { formatDecimal } from '../ui/format.ts';
import { reportUrl } from '../ui/report-pages.ts';
import { sayDays } from '../ui/say-filter.ts';
import type { Mail } from './mailer.ts';
import type { ReportNumbers } from './report-mail.ts';
import { pageOf, type Voice } from './say-notice.ts';
import { compose, type Part } from './write-mail.ts';

/** The mail of the reports: requests with their most frequent reason, who cancelled, and the rates, each with its page. */
export function mailOfReport(numbers: ReportNumbers, voice: Voice): Omit<Mail, 'to' | 'id'> {
  const { t, style } = voice;
  const { from, to, orders, reasons, cancellers: counts, outstanding, rates } = numbers;
  const query = `?${new URLSearchParams({ from, to }).toString()}`;
  const [top] = reasons;
  const asked = reasons.reduce((sum, { n }) => sum + n, 0);
  const requests: Part = {
    sentence: top
      ? t('reports.reasons.top', { all: asked, n: top.n, reason: t(`requests.reason.${top.category}`) })
      : t('reports.reasons.nobody'),
    details: [
      ...(outstanding ? [t('reports.reasons.outstanding', { ...outstanding, sku: outstanding.key })] : []),
      ...cancellers.flatMap((who) => {
        const n = counts[who];
        return n > 0 ? [t('notice.report.canceller', { who: t('reports.canceller', { who }), n })] : [];
      }),
    ],
    url: pageOf(voice, `${reportUrl('reasons')}${query}`),
  };
  const cancelled: Part = {
    sentence: t('rate.title'),
    details: rates.map(({ percent, ...rate }) =>
      t('notice.digest.rate', { ...rate, rate: formatDecimal(percent.toFixed(2), style.language) }),
    ),
    url: pageOf(voice, `${reportUrl('cancellation-rate')}${query}`),
  };
  const days = sayDays({ from, to }, 'UTC', t, style);
  return compose(
    t('notice.report.subject', { days, orders }),
    [requests, ...(rates.length > 0 ? [cancelled] : [])],
    voice,
  );
}
