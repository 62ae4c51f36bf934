import { Box, BlockStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { DecisionButtons, DecisionDialog } from './decision-dialog.tsx';

interface Props {
  /** What the account is called. */
  readonly name: string;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** Says what disconnecting an account does before it does it. */
export function DisconnectDialog({ name, busy, onClose, onConfirm }: Props) {
  const { t } = useTranslation();
  return (
    <DecisionDialog title={t('accounts.dialog.title', { id: name })} onClose={onClose}>
      <Box padding="400">
        <BlockStack gap="400">
          <Text as="p">{t('accounts.dialog.text')}</Text>
          <DecisionButtons
            keep={t('accounts.dialog.keep')}
            confirm={t('accounts.dialog.confirm')}
            ready
            busy={busy}
            critical
            onClose={onClose}
            onConfirm={onConfirm}
          />
        </BlockStack>
      </Box>
    </DecisionDialog>
  );
}
