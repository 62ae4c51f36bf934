import { cancellers } from '../domain/cancellation-rate.ts';
import { formatDecimal, formatSum } from '../ui/format.ts';
import { reportUrl } from '../ui/report-pages.ts';
import { sayDays } from '../ui/say-filter.ts';
import type { Mail } from './mailer.ts';
import type { ReportNumbers } from './report-mail.ts';
import { pageOf, type Voice } from './say-notice.ts';
import { compose, type Part } from './write-mail.ts';

/** What both sides report, a line for each currency, and how many orders differ. */
function moneyPart(money: NonNullable<ReportNumbers['money']>, query: string, voice: Voice): Part {
  const { t, style } = voice;
  const { totals, different, differentElse } = money;
  return {
    sentence: t('notice.report.differences', { n: different, m: differentElse }),
    details: totals.map(({ currency, sales, refunds }) => {
      const said = (amount: string) => formatSum(amount, currency, style.language);
      return t('notice.report.totals', {
        ...{ salesA: said(sales.amazon), salesS: said(sales.shopify) },
        ...{ refundsA: said(refunds.amazon), refundsS: said(refunds.shopify) },
      });
    }),
    url: pageOf(voice, `${reportUrl('consistency')}${query}`),
  };
}

/** The mail of the reports: what both sides report, requests with their most frequent reason, who cancelled, and the rates, each with its page. */
export function mailOfReport(numbers: ReportNumbers, voice: Voice): Omit<Mail, 'to' | 'id'> {
  const { t, style } = voice;
  const { from, to, orders, reasons, cancellers: counts, outstanding, rates, money } = numbers;
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
    [...(money ? [moneyPart(money, query, voice)] : []), requests, ...(rates.length > 0 ? [cancelled] : [])],
    voice,
  );
}
