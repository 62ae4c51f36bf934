import { Box } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { BuyerTextKind } from '../domain/buyer-texts.ts';
import { BuyerTexts } from './buyer-texts.tsx';
import { DecisionDialog } from './decision-dialog.tsx';
import type { OrderView } from './order-view.ts';

interface Props {
  readonly order: Pick<OrderView, 'amazonOrderId' | 'marketplaceId' | 'shipBy'>;
  readonly kinds: readonly BuyerTextKind[];
  readonly now: number;
  readonly onClose: () => void;
}

/** Texts to be copied to the buyer of an order. Nothing is written anywhere. */
export function WriteDialog({ order, kinds, now, onClose }: Props) {
  const { t } = useTranslation();
  const about = { id: order.amazonOrderId, marketplaceId: order.marketplaceId, shipBy: order.shipBy };
  return (
    <DecisionDialog title={t('byMessage.send')} onClose={onClose}>
      <Box padding="400">
        <BuyerTexts about={about} kinds={kinds} now={now} />
      </Box>
    </DecisionDialog>
  );
}
