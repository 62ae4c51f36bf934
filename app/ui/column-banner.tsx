import { Banner, BlockStack, List, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ColumnFinding } from '../sync/column-doctor.ts';

const steps = ['open', 'choose', 'save'] as const;

/** Says that order reports come without the column that shows buyers' requests, and how to switch it on (REP-5). */
export function ColumnBanner({ finding }: { readonly finding: ColumnFinding }) {
  const { t } = useTranslation();
  const column = t('column.name');
  if (finding.is === 'odd')
    return <Banner tone="info">{t('column.odd', { found: finding.column, column: ownName })}</Banner>;
  const { sellerCentral, seller } = finding;
  return (
    <Banner
      tone="warning"
      title={t('column.off', { column, seller })}
      {...(sellerCentral === null
        ? {}
        : {
            action: { content: t('column.show'), url: sellerCentral, target: '_blank' as const },
          })}
    >
      <BlockStack gap="100">
        <Text as="p">{t('column.meanwhile')}</Text>
        <List type="number">
          {steps.map((step) => (
            <List.Item key={step}>{t(`column.step.${step}`, { column })}</List.Item>
          ))}
        </List>
      </BlockStack>
    </Banner>
  );
}

/** Amazon's own name of the column. */
const ownName = 'is-buyer-requested-cancellation';
