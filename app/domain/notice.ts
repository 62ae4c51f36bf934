/** What staff hear of outside the admin: a buyer's new request, a critical problem, and that requests cannot be seen. */
export const noticeKinds = ['request_opened', 'problem_critical', 'blind'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What merchants' workflows hear of beside it: a problem that is not urgent, and a cancellation rate near its limit. */
export type AnyNoticeKind = NoticeKind | 'problem_opened' | 'rate_near_limit';

/** What Shopify Flow is told of. */
export const flowKinds: readonly string[] = [
  'request_opened',
  'problem_critical',
  'problem_opened',
  'rate_near_limit',
] satisfies AnyNoticeKind[];

/** Ways on which notices leave the app. */
export const noticeChannels = ['mail', 'webhook'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];

/** How often a mail tells of the reports. */
export const reportRhythms = ['off', 'weekly', 'monthly'] as const;
export type ReportRhythm = (typeof reportRhythms)[number];

/** Ways of deliveries: to staff, and to the shop's workflows. */
export type DeliveryChannel = NoticeChannel | 'flow';

/** What a mail or webhook may be about. */
export type DeliveryKind = 'notices' | 'digest' | 'report' | 'test';

/** True where it goes at once, also in quiet hours. */
export function isUrgent(kind: string): boolean {
  return kind !== 'request_opened';
}
