import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CopyField } from './copy-field.tsx';
import { sameTargets, type TargetsDraft } from './notice-draft.ts';
import { useMayChange } from './use-may-change.ts';
import type { useNotices } from './use-notices.ts';

interface Props {
  readonly draft: TargetsDraft;
  readonly saved: TargetsDraft;
  readonly secret: string | null;
  readonly notices: ReturnType<typeof useNotices>;
}

/** What came of the last test, for whoever just asked for it. */
function Answer({ answer }: { readonly answer: Props['notices']['answer'] }) {
  const { t } = useTranslation();
  if (!answer) return null;
  if (answer.guard !== null)
    return (
      <Text as="p" tone="critical">
        {t(`guard.${answer.guard}`)}
      </Text>
    );
  const { tested } = answer;
  if (tested === null) return null;
  if (!tested.sent)
    return (
      <Text as="p" tone="critical">
        {tested.why === 'noTarget' ? t('notices.noTarget') : t('notices.tooMany')}
      </Text>
    );
  const words = t('notices.answer', { code: tested.code });
  return (
    <Text as="p" tone={tested.ok ? 'success' : 'critical'}>
      {t('notices.tested', { ok: tested.ok ? 'yes' : 'no', n: tested.n, answer: words })}
    </Text>
  );
}

/** Tests of what is saved, each with its real answer, and the secret of the webhook's signatures. */
export function NoticeTests({ draft, saved, secret, notices }: Props) {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const { ask, answer, busy, mailPossible } = notices;
  const unsaved = !sameTargets(draft, saved);
  const off = !mayChange || busy || unsaved;
  const shown = answer?.secret ?? secret;
  return (
    <BlockStack gap="200">
      {shown !== null && (
        <CopyField
          label={t('notices.secretLabel')}
          help={t('notices.secretOnce')}
          value={shown}
          copyName={t('notices.secretCopy')}
        />
      )}
      <InlineStack gap="200">
        <Button
          disabled={off || saved.mails === '' || mailPossible !== true}
          onClick={() => {
            ask({ intent: 'test', channel: 'mail' });
          }}
        >
          {t('notices.testMail')}
        </Button>
        <Button
          disabled={off || saved.webhook === ''}
          onClick={() => {
            ask({ intent: 'test', channel: 'webhook' });
          }}
        >
          {t('notices.testWebhook')}
        </Button>
        {saved.webhook !== '' && (
          <Button
            disabled={off}
            onClick={() => {
              ask({ intent: 'secret' });
            }}
          >
            {t('notices.secretNew')}
          </Button>
        )}
      </InlineStack>
      <div aria-live="polite">
        <Answer answer={answer} />
        {unsaved && <Text as="p">{t('notices.saveFirst')}</Text>}
      </div>
      {saved.webhook !== '' && (
        <Text as="p" variant="bodySm" tone="subdued">
          {t('notices.secretNewHelp')}
        </Text>
      )}
    </BlockStack>
  );
}
