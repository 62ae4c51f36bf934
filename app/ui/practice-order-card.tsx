import { Badge, BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { PracticeDeed } from '../practice/deeds.ts';
import type { DeedWish } from '../routes/app.practice._index.tsx';
import { Clocks } from './clocks-cell.tsx';
import { OrderActions } from './order-actions.tsx';
import { usePlaces } from './places.tsx';
import { PracticeDeeds } from './practice-deeds.tsx';
import { Reason } from './reason.tsx';
import { AskedFor } from './request-cells.tsx';
import type { RequestView } from './request-view.ts';
import { State } from './state.tsx';

/** An invented order as the practice's pages show it. */
export interface PracticeOrderView {
  readonly request: RequestView;
  readonly deeds: readonly PracticeDeed[];
  readonly refuses: boolean;
  readonly problems: number;
}

interface Props {
  readonly view: PracticeOrderView;
  readonly now: number;
  readonly busy: boolean;
  readonly onDo: (wish: DeedWish) => void;
}

/** An invented order with its state, what its buyer asked for, and what may be decided and done. */
export function PracticeOrderCard({ view, now, busy, onDo }: Props) {
  const { t } = useTranslation();
  const { request, deeds, refuses, problems } = view;
  const { order, asked, reasons } = request;
  const places = usePlaces();
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            <Link url={places.order(order.amazonOrderId)} monochrome>
              {order.amazonOrderId}
            </Link>
          </Text>
          <Badge>{t('practice.title')}</Badge>
          {order.shopifyName !== null && <Text as="span">{order.shopifyName}</Text>}
        </InlineStack>
        <State state={order.state} tone={order.tone} params={order.params} now={now} />
        {asked && (
          <BlockStack gap="100">
            <AskedFor request={request} now={now} />
            <Reason words={asked.words} category={asked.category} />
          </BlockStack>
        )}
        <Clocks request={{ ...request, asked: asked?.closedAt === null ? asked : null }} now={now} />
        <OrderActions order={order} reasons={reasons} now={now} />
        {problems > 0 && (
          <Link url={places.order(order.amazonOrderId)}>{t('practice.seeProblem', { n: problems })}</Link>
        )}
        <PracticeDeeds order={order.amazonOrderId} deeds={deeds} refuses={refuses} busy={busy} onDo={onDo} />
      </BlockStack>
    </Card>
  );
}
