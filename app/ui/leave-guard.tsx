import { useBlocker } from '@remix-run/react';
import { Box, BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { Modal, TitleBar } from '@shopify/app-bridge-react';
import { useTranslation } from 'react-i18next';

interface Props {
  /** Something was typed and is not saved. */
  readonly dirty: boolean;
  /** Whoever leaves leaves what was typed. */
  readonly onLeave: () => void;
}

/** Asks before another page of the app is opened over what was typed and not saved. */
export function LeaveGuard({ dirty, onLeave }: Props) {
  const { t } = useTranslation();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname,
  );
  if (blocker.state !== 'blocked') return null;
  return (
    <Modal
      open
      onHide={() => {
        blocker.reset();
      }}
    >
      <TitleBar title={t('settings.leave.title')} />
      <Box padding="400">
        <BlockStack gap="400">
          <Text as="p">{t('settings.leave.text')}</Text>
          <InlineStack align="end" gap="200">
            <Button
              onClick={() => {
                blocker.reset();
              }}
            >
              {t('settings.leave.stay')}
            </Button>
            <Button
              variant="primary"
              tone="critical"
              onClick={() => {
                onLeave();
                blocker.proceed();
              }}
            >
              {t('settings.leave.leave')}
            </Button>
          </InlineStack>
        </BlockStack>
      </Box>
    </Modal>
  );
}
