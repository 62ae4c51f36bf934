import { Banner, BlockStack, Box, List, Select } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { amazonCancelReasons } from '../domain/cancel-reason.ts';
import type { CancelFile } from '../sync/cancel-file.ts';
import { askJson } from './ask-json.ts';
import { DecisionButtons, DecisionDialog } from './decision-dialog.tsx';
import { LeftOut } from './left-out.tsx';
import { saveFile } from './save-file.ts';

interface Props {
  readonly orders: readonly string[];
  readonly now: number;
  readonly onClose: () => void;
}

const reasons = amazonCancelReasons.filter((reason) => reason !== 'BuyerCanceled');

function Contents({ orders, now, onClose }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  /** null: not asked yet; `failed`: no answer came. */
  const [answer, setAnswer] = useState<CancelFile | 'failed' | null>(null);
  const refused = answer !== null && answer !== 'failed' && !answer.ok ? answer.refused : [];
  const out = new Set(refused.map(({ params }) => params['id']));
  const left = orders.filter((id) => !out.has(id));
  const make = async () => {
    setBusy(true);
    const body = { ids: left, reason: reason === '' ? null : reason };
    const made = await askJson<CancelFile>('/app/orders/cancel-file', body);
    setBusy(false);
    setAnswer(made ?? 'failed');
    if (made?.ok !== true) return;
    saveFile('cancel-orders.txt', new Blob([made.file], { type: 'text/plain' }));
    onClose();
  };
  return (
    <Box padding="400">
      <BlockStack gap="400">
        {answer === 'failed' && <Banner tone="critical">{t('orders.file.failed')}</Banner>}
        <List>
          <List.Item>{t('orders.file.amazon')}</List.Item>
          <List.Item>{t('orders.file.shopify')}</List.Item>
        </List>
        <Select
          label={t('orders.file.reason')}
          helpText={t('orders.file.reasonHelp')}
          options={[
            { value: '', label: t('orders.file.buyersOnly') },
            ...reasons.map((value) => ({ value, label: t(`amazonReason.${value}`) })),
          ]}
          value={reason}
          onChange={(value) => {
            setReason(value);
            // Another reason may let in what was left out.
            setAnswer(null);
          }}
        />
        <LeftOut
          left={refused.map((one) => ({ id: String(one.params['id'] ?? ''), refused: one }))}
          now={now}
        />
        <DecisionButtons
          keep={t('orders.file.close')}
          confirm={t('orders.file.make', { n: left.length })}
          ready={left.length > 0}
          busy={busy}
          onClose={onClose}
          onConfirm={() => {
            void make(); // `askJson` answers null for what goes wrong.
          }}
        />
      </BlockStack>
    </Box>
  );
}

/** Makes a file for cancelling orders by hand in Seller Central; what cannot be in it is named with its reason. */
export function CancelFileDialog(props: Props) {
  const { t } = useTranslation();
  return (
    <DecisionDialog title={t('orders.file.title', { n: props.orders.length })} onClose={props.onClose}>
      <Contents {...props} />
    </DecisionDialog>
  );
}
