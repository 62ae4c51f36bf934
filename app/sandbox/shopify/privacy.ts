/** The webhooks about buyers' data that every public app has to take. */
export const privacyTopics = ['customers/data_request', 'customers/redact', 'shop/redact'] as const;

/** One of them. */
export type PrivacyTopic = (typeof privacyTopics)[number];
