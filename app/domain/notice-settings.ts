import { z } from 'zod';
import { noticeKinds, reportRhythms } from './notice.ts';
import { languages } from './spoken-languages.ts';

/** A time of day in the shop's time zone, `07:30`. */
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
const kinds = z.array(z.enum(noticeKinds)).max(noticeKinds.length);

function fromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** What staff are told outside the admin, and when. To whom it goes stands apart, sealed. An operator types it as JSON. */
export const noticeSettings = z.preprocess(
  fromText,
  z.strictObject({
    /** Of which kinds mails tell, and of which the webhook. */
    mail: kinds.default([...noticeKinds]),
    webhook: kinds.default([...noticeKinds]),
    /** A mail each day at 08:00 that tells how things stand. */
    digest: z.boolean().default(false),
    /** A mail at 08:00 of each Monday, or of the first of each month, that tells of the week or the month before. */
    reports: z.enum(reportRhythms).default('off'),
    /** In this time of day only what is critical is sent. Null: no such time. */
    quiet: z
      .strictObject({ from: timeOfDay, to: timeOfDay })
      .refine(({ from, to }) => from !== to)
      .nullable()
      .default(null),
    /** What is sent is said in this language. */
    language: z.enum(languages).default('en'),
  }),
);
export type NoticeSettings = z.infer<typeof noticeSettings>;
