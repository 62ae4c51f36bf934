/** The pages of the reports, in the order of their tabs; the first is what the menu leads to. */
export const reportPages = [
  'consistency',
  'ledger',
  'cancellation-rate',
  'reasons',
  'settlements',
  'files',
] as const;
export type ReportPage = (typeof reportPages)[number];

/** The address of a report's page. */
export function reportUrl(page: ReportPage): string {
  return `/app/reports/${page}`;
}

/** What a report's address keeps when another report is gone to. */
const shared = ['market', 'days', 'from', 'to'];

/** The query of another report for the same marketplace and time. */
export function sharedQuery(query: URLSearchParams): string {
  return new URLSearchParams([...query].filter(([name]) => shared.includes(name))).toString();
}
