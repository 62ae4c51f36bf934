import { formatDecimal } from '../ui/format.ts';
import type { DigestNumbers } from './digest.ts';
import type { Mail } from './mailer.ts';
import { pageOf, type SaidNotice, type Voice } from './say-notice.ts';
import { sectionUrl } from '../ui/settings-sections.ts';

/** One part of a mail: a sentence, what is known beside it, and where to look. */
export interface Part {
  readonly sentence: string;
  readonly details: readonly string[];
  readonly url: string | null;
}

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);

function partAsText({ sentence, details, url }: Part): string {
  return [sentence, ...details, ...(url === null ? [] : [url])].join('\n');
}

function partAsHtml({ sentence, details, url }: Part, open: string): string {
  const link = url === null ? [] : [`<a href="${escaped(url)}">${escaped(open)}</a>`];
  return `<p>${[`<strong>${escaped(sentence)}</strong>`, ...details.map(escaped), ...link].join('<br>')}</p>`;
}

/** A mail of these parts, as text and as HTML, with the foot that all have. */
export function compose(subject: string, parts: readonly Part[], voice: Voice): Omit<Mail, 'to' | 'id'> {
  const { t, style } = voice;
  const foot = {
    sentence: t('notice.foot', { shop: voice.shop }),
    url: pageOf(voice, sectionUrl('notices')),
  };
  const html = [
    `<!doctype html><html lang="${escaped(style.language)}"><meta charset="utf-8"><body style="font-family:sans-serif">`,
    ...parts.map((part) => partAsHtml(part, t('notice.open'))),
    `<p style="color:#616161">${escaped(foot.sentence)}<br><a href="${escaped(foot.url)}">${escaped(t('notice.settings'))}</a></p>`,
    '</body></html>',
  ];
  return {
    subject,
    text: [...parts.map(partAsText), `${foot.sentence}\n${foot.url}`].join('\n\n').concat('\n'),
    html: html.join('\n'),
  };
}

/** A mail of notices. `more`: so many further ones stand in the app alone. */
export function mailOfNotices(
  said: readonly SaidNotice[],
  more: number,
  voice: Voice,
): Omit<Mail, 'to' | 'id'> {
  const { t } = voice;
  const [only, ...others] = said;
  const subject =
    only && others.length + more === 0 ? only.sentence : t('notice.subject', { n: said.length + more });
  const rest = { sentence: t('notice.more', { n: more }), details: [], url: pageOf(voice, '/app') };
  return compose(subject, more > 0 ? [...said, rest] : said, voice);
}

/** A mail that only shows that mails arrive. */
export function mailOfTest(voice: Voice): Omit<Mail, 'to' | 'id'> {
  const { t, shop } = voice;
  return compose(
    t('notice.test.subject'),
    [{ sentence: t('notice.test.text', { shop }), details: [], url: null }],
    voice,
  );
}

/** The daily digest: how the shop stands, as on the home page. */
export function mailOfDigest(numbers: DigestNumbers, voice: Voice): Omit<Mail, 'to' | 'id'> {
  const { t, style } = voice;
  const { agree, all, requests, problems, carried, rates } = numbers;
  const page = (sentence: string, path: string): Part => ({
    ...{ sentence, details: [], url: pageOf(voice, path) },
  });
  const said = rates.map(({ percent, ...rate }) =>
    t('notice.digest.rate', { ...rate, rate: formatDecimal(percent.toFixed(2), style.language) }),
  );
  return compose(
    t('notice.digest.subject', { agree, all }),
    [
      {
        ...page(t('home.inStep.number', { agree, all }), '/app'),
        details: [t('notice.digest.day', { ...carried }), ...said],
      },
      ...(requests > 0 ? [page(t('home.needsYou.requests', { n: requests }), '/app/requests')] : []),
      ...(problems > 0 ? [page(t('home.needsYou.open', { n: problems }), '/app/problems')] : []),
    ],
    voice,
  );
}
