import type { SaidNotice, Voice } from './say-notice.ts';

const types: Readonly<Record<string, string>> = {
  request_opened: 'request.opened',
  problem_critical: 'problem.opened',
  blind: 'requests.not_visible',
};

const moment = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** The body of a webhook about a notice, as JSON. Absent is null. */
export function webhookOf(said: SaidNotice, { shop }: Voice): string {
  const { kind, at, sentence, orderId, marketplaceId, problem, shipBy, answerBy, url } = said;
  return JSON.stringify({
    type: types[kind] ?? kind,
    timestamp: moment(at),
    data: {
      ...{ shop, sentence, orderId, marketplaceId, problem, url },
      ...{ shipBy: moment(shipBy), answerBy: moment(answerBy) },
    },
  });
}

/** The body of one that only shows that webhooks arrive. `at` in ms UTC. */
export function webhookOfTest(at: number, { shop, t }: Voice): string {
  return JSON.stringify({
    type: 'test',
    timestamp: moment(at),
    data: { shop, sentence: t('notice.test.text', { shop }) },
  });
}
