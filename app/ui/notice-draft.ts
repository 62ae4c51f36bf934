import type { NoticeSettings } from '../domain/notice-settings.ts';

/** What staff are told, as it stands in the form; the times stay where quiet hours are switched off. */
export interface NoticeDraft extends Omit<NoticeSettings, 'quiet'> {
  readonly quiet: boolean;
  readonly from: string;
  readonly to: string;
}

/** Addresses as they are typed: of mails one a line. */
export interface TargetsDraft {
  readonly mails: string;
  readonly webhook: string;
}

/** The form for settings as they are. */
export function noticeDraft({ quiet, ...rest }: NoticeSettings): NoticeDraft {
  return { ...rest, quiet: quiet !== null, from: quiet?.from ?? '22:00', to: quiet?.to ?? '07:00' };
}

/** What is typed, as the server reads it. */
export function noticesOf({ quiet, from, to, ...rest }: NoticeDraft): unknown {
  return { ...rest, quiet: quiet ? { from, to } : null };
}

/** Addresses as the server reads them, and as it gives them back: each once, in small letters. */
export function targetsOf({ mails, webhook }: TargetsDraft): {
  readonly mails: readonly string[];
  readonly webhook: string;
} {
  const typed = mails.split(/[\s,;]+/).filter((one) => one !== '');
  return { mails: [...new Set(typed.map((one) => one.toLowerCase()))], webhook: webhook.trim() };
}

/** Whether the same addresses are meant, however they are typed. */
export function sameTargets(a: TargetsDraft, b: TargetsDraft): boolean {
  return JSON.stringify(targetsOf(a)) === JSON.stringify(targetsOf(b));
}
