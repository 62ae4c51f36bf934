import { useSearchParams } from '@remix-run/react';
import { Banner, BlockStack, Button, InlineStack } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { loader } from '../routes/app.reports.mend.ts';
import { askJson } from './ask-json.ts';
import { groupOf } from './group-problems.ts';
import { useMayChange } from './use-may-change.ts';
import { useRepeat } from './use-repeat.tsx';

interface Props {
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  readonly now: number;
}

/**
 * The differences that one choice mends, each kind with a button that does it for all of them: what it does on Amazon and in
 * Shopify is said first, and each goes the way that it goes by itself. What became of them stays when none is left.
 */
export function MendMany({ kinds, now }: Props) {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const [query] = useSearchParams();
  const [asking, setAsking] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const repeat = useRepeat(now);
  const open = async (kind: string) => {
    setAsking(kind);
    const wish = new URLSearchParams([...query, ['mend', kind]]);
    const answer = await askJson<Awaited<ReturnType<typeof loader>>>(`/app/reports/mend?${wish.toString()}`);
    const group = groupOf(kind, answer?.problems ?? []);
    setAsking(null);
    setFailed(group === null);
    if (group) repeat.start(group);
  };
  if (kinds.length === 0 && !failed && !repeat.result && !repeat.dialog) return null;
  return (
    <BlockStack gap="200" inlineAlign="stretch">
      {failed && <Banner tone="critical">{t('problems.repeat.failed')}</Banner>}
      {repeat.result}
      {kinds.length > 0 && (
        <InlineStack gap="200">
          {kinds.map(({ kind, count }) => (
            <Button
              key={kind}
              size="slim"
              disabled={!mayChange || asking !== null}
              loading={asking === kind}
              onClick={() => {
                void open(kind); // `askJson` answers null for what goes wrong.
              }}
            >
              {t('reports.money.mendAll', { kind, n: count })}
            </Button>
          ))}
        </InlineStack>
      )}
      {repeat.dialog}
    </BlockStack>
  );
}
