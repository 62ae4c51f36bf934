/** The sections of the settings, in their order, each with the settings in it. */
const settingsIn = {
  accounts: ['marketplaces'],
  import: ['stock', 'fba', 'acceptedCurrencies', 'shippedStock'],
  products: [],
  requests: ['blindAfterMinutes'],
  cancelling: ['undoMinutes', 'restock', 'cancelReasons'],
  automation: ['autoAccept'],
  refunds: ['refundsOnAmazon'],
  shipping: ['untrackedAfterHours', 'carriers'],
  notices: ['notices', 'noticeMails', 'noticeWebhook'],
  dryRun: ['dryRun'],
  data: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SettingsSection = keyof typeof settingsIn;

export const settingsSections = Object.keys(settingsIn) as SettingsSection[];

/** The section that a setting stands in; none for a name that no section knows. */
export const sectionOf = (name: string): SettingsSection | undefined =>
  settingsSections.find((section) => settingsIn[section].some((each) => each === name));

/** The page of a section. */
export const sectionUrl = (section: SettingsSection): string => `/app/settings?section=${section}`;

/** The section that an address names; null: it names none, and the first one is shown where there is room. */
export const sectionIn = (query: URLSearchParams): SettingsSection | null =>
  settingsSections.find((section) => section === query.get('section')) ?? null;
