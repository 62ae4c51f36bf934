import { Banner, BlockStack, Box, Button, Card, Checkbox, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OlderRun, OlderView } from '../sync/older-view.ts';
import { DecisionButtons, DecisionDialog } from './decision-dialog.tsx';
import { useMayChange } from './use-may-change.ts';

interface Props extends Pick<OlderView, 'shippedStock' | 'takesStock'> {
  readonly preview: OlderRun;
  readonly busy: boolean;
  readonly onCreate: (stock: OlderView['shippedStock']) => void;
}

/** Brings in what a preview counted, after saying once more what that does. */
export function OlderCreate({ preview, shippedStock, takesStock, busy, onCreate }: Props) {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const [leave, setLeave] = useState(shippedStock === 'leave');
  const [asking, setAsking] = useState(false);
  const n = preview.create;
  return (
    <Card>
      {asking && (
        <DecisionDialog
          title={t('older.dialog.title', { n })}
          onClose={() => {
            setAsking(false);
          }}
        >
          <Box padding="400">
            <BlockStack gap="400">
              <Text as="p">{t('older.dialog.text')}</Text>
              <DecisionButtons
                keep={t('older.dialog.keep')}
                confirm={t('older.dialog.confirm', { n })}
                ready
                busy={busy}
                onClose={() => {
                  setAsking(false);
                }}
                onConfirm={() => {
                  onCreate(leave ? 'leave' : 'decrement');
                }}
              />
            </BlockStack>
          </Box>
        </DecisionDialog>
      )}
      <BlockStack gap="400">
        <Banner tone="info">{t('older.shipped')}</Banner>
        {takesStock && <Checkbox label={t('older.leaveStock')} checked={leave} onChange={setLeave} />}
        <Text as="p" tone="subdued">
          {t('older.undo')}
        </Text>
        <InlineStack align="end">
          <Button
            variant="primary"
            disabled={!mayChange}
            onClick={() => {
              setAsking(true);
            }}
          >
            {t('older.createN', { n })}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
