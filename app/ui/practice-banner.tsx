import { Box, Button, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

/** Says on every page of the practice that it is one, and leads out of it. It stays in view. */
export function PracticeBanner() {
  const { t } = useTranslation();
  return (
    <div role="region" aria-label={t('practice.title')} style={{ position: 'sticky', top: 0, zIndex: 500 }}>
      <Box paddingInline="400" paddingBlock="200" background="bg-surface-warning" shadow="200">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="p" fontWeight="semibold">
            {t('practice.banner')}
          </Text>
          <Button size="slim" url="/app">
            {t('practice.leave')}
          </Button>
        </InlineStack>
      </Box>
    </div>
  );
}
