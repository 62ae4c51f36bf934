import { useSearchParams } from '@remix-run/react';
import { BlockStack, Button, InlineStack } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
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
  const repeat = useRepeat(now);
  if (kinds.length === 0 && !repeat.result && !repeat.dialog) return null;
  return (
    <BlockStack gap="200" inlineAlign="stretch">
      {repeat.result}
      {kinds.length > 0 && (
        <InlineStack gap="200">
          {kinds.map(({ kind, count }) => (
            <Button
              key={kind}
              size="slim"
              disabled={!mayChange || repeat.asking !== null}
              loading={repeat.asking === kind}
              onClick={() => {
                repeat.start(
                  kind,
                  `/app/reports/mend?${new URLSearchParams([...query, ['mend', kind]]).toString()}`,
                );
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
