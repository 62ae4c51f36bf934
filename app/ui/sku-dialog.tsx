import { Banner, BlockStack, Box, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SkuRow } from '../db/sku-list.ts';
import type { LinkAnswer } from '../routes/app.settings_.products_.link.ts';
import { askJson } from './ask-json.ts';
import { DecisionButtons, DecisionDialog } from './decision-dialog.tsx';
import { VariantField } from './variant-field.tsx';

/** What a person wants of an SKU: another variant, never one, or that it is looked up by itself again. */
export interface SkuWant {
  readonly what: 'link' | 'never' | 'unlink';
  readonly row: SkuRow;
}

interface Props extends SkuWant {
  /** What came of it; null: nothing was done. */
  readonly onClose: (answer: LinkAnswer | null) => void;
}

/** What had no variant on purpose is not unlinked: it is looked up again. */
const wordsOf = (what: SkuWant['what'], row: SkuRow) =>
  what === 'unlink' && row.variantId === null ? 'lookAgain' : what;

export const linkUrl = '/app/settings/products/link';

function Contents({ what, row, onClose }: Props) {
  const { t } = useTranslation();
  const { sku } = row;
  const [chosen, setChosen] = useState('');
  const [busy, setBusy] = useState(false);
  const [silent, setSilent] = useState(false);
  const confirm = async () => {
    setBusy(true);
    const body = {
      link: { links: [{ sku, variant: chosen }] },
      never: { never: sku },
      unlink: { lookUp: [sku] },
    }[what];
    const answer = await askJson<LinkAnswer>(linkUrl, body);
    setBusy(false);
    if (answer) onClose(answer);
    else setSilent(true);
  };
  return (
    <Box padding="400">
      <BlockStack gap="400">
        {silent && <Banner tone="critical">{t('products.silent')}</Banner>}
        <Text as="p">{t(`products.${wordsOf(what, row)}Text`, { sku })}</Text>
        {what === 'link' && <VariantField sku={sku} chosen={chosen} onChoose={setChosen} />}
        <DecisionButtons
          keep={t('settle.keep')}
          confirm={t(`products.${wordsOf(what, row)}Confirm`)}
          ready={what !== 'link' || chosen !== ''}
          busy={busy}
          onClose={() => {
            onClose(null);
          }}
          onConfirm={() => void confirm()}
        />
      </BlockStack>
    </Box>
  );
}

/** Links an SKU to a variant, says that it never means one, or takes that back, after saying what it does (IMP-7). */
export function SkuDialog(props: Props) {
  const { t } = useTranslation();
  const { what, row } = props;
  return (
    <DecisionDialog
      title={t(`products.${wordsOf(what, row)}For`, { sku: row.sku })}
      onClose={() => {
        props.onClose(null);
      }}
    >
      <Contents {...props} />
    </DecisionDialog>
  );
}
