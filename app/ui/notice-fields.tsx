import { BlockStack, Checkbox, ChoiceList, FormLayout, Select, Text, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { noticeKinds, reportRhythms, type NoticeChannel, type ReportRhythm } from '../domain/notice.ts';
import { NoticeDeliveries } from './notice-deliveries.tsx';
import { NoticeTests } from './notice-tests.tsx';
import type { SettingsDraft } from './settings-draft.ts';
import { languages, type Language } from './languages.ts';
import { useNotices } from './use-notices.ts';
import { useStyle } from './style.ts';

interface Props {
  readonly draft: SettingsDraft;
  readonly saved: SettingsDraft;
  readonly wrong: readonly string[];
  /** The signing secret, where it was just made. */
  readonly secret: string | null;
  readonly onChange: (draft: SettingsDraft) => void;
}

/** A language by its own name. */
const nameOf = (language: Language): string =>
  new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;

/** Whom staff notices reach, which, and when; tests, and what was sent last. */
export function NoticeFields({ draft, saved, wrong, secret, onChange }: Props) {
  const { t } = useTranslation();
  const { timeZone } = useStyle(0);
  const notices = useNotices();
  const { notices: wanted, noticeTargets: targets } = draft;
  const set = (change: Partial<SettingsDraft['notices']>) => {
    onChange({ ...draft, notices: { ...wanted, ...change } });
  };
  const setTargets = (change: Partial<SettingsDraft['noticeTargets']>) => {
    onChange({ ...draft, noticeTargets: { ...targets, ...change } });
  };
  const errorOf = (name: string) => (wrong.includes(name) ? { error: t(`settings.wrong.${name}`) } : {});
  const kinds = (channel: NoticeChannel, title: string) => (
    <ChoiceList
      allowMultiple
      title={title}
      choices={noticeKinds.map((kind) => ({ value: kind, label: t(`notices.kind.${kind}`) }))}
      selected={[...wanted[channel]]}
      onChange={(chosen: string[]) => {
        set({ [channel]: noticeKinds.filter((kind) => chosen.includes(kind)) });
      }}
    />
  );
  return (
    <BlockStack gap="400">
      {notices.mailPossible === false && <Text as="p">{t('notices.noMail')}</Text>}
      <TextField
        label={t('notices.mails')}
        helpText={t('notices.mailsHelp')}
        {...errorOf('noticeMails')}
        value={targets.mails}
        multiline={3}
        maxLength={3000}
        autoComplete="off"
        inputMode="email"
        onChange={(mails) => {
          setTargets({ mails });
        }}
      />
      {kinds('mail', t('notices.byMail'))}
      <Checkbox
        label={t('notices.digest')}
        helpText={t('notices.digestHelp', { zone: timeZone })}
        checked={wanted.digest}
        onChange={(digest) => {
          set({ digest });
        }}
      />
      <Select
        label={t('notices.reports')}
        helpText={t('notices.reportsHelp', { zone: timeZone })}
        options={reportRhythms.map((value) => ({ value, label: t('notices.rhythm', { rhythm: value }) }))}
        value={wanted.reports}
        onChange={(rhythm) => {
          set({ reports: rhythm as ReportRhythm });
        }}
      />
      <TextField
        label={t('notices.webhook')}
        helpText={t('notices.webhookHelp')}
        {...errorOf('noticeWebhook')}
        value={targets.webhook}
        type="url"
        maxLength={2000}
        autoComplete="off"
        onChange={(webhook) => {
          setTargets({ webhook });
        }}
      />
      {kinds('webhook', t('notices.byWebhook'))}
      <Checkbox
        label={t('notices.quiet')}
        helpText={t('notices.quietHelp', { zone: timeZone })}
        checked={wanted.quiet}
        onChange={(quiet) => {
          set({ quiet });
        }}
      />
      {wanted.quiet && (
        <FormLayout.Group condensed>
          <TextField
            label={t('notices.from')}
            type="time"
            value={wanted.from}
            autoComplete="off"
            {...errorOf('notices')}
            onChange={(from) => {
              set({ from });
            }}
          />
          <TextField
            label={t('notices.to')}
            type="time"
            value={wanted.to}
            autoComplete="off"
            onChange={(to) => {
              set({ to });
            }}
          />
        </FormLayout.Group>
      )}
      <Select
        label={t('notices.language')}
        options={languages.map((language) => ({ value: language, label: nameOf(language) }))}
        value={wanted.language}
        onChange={(language) => {
          set({ language: language as Language });
        }}
      />
      <NoticeTests draft={targets} saved={saved.noticeTargets} secret={secret} notices={notices} />
      <NoticeDeliveries notices={notices} />
    </BlockStack>
  );
}
