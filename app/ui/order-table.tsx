import { BlockStack, Box, IndexTable, InlineStack, useBreakpoints } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from './moment.tsx';
import { AmazonSide, ShopifySide } from './order-links.tsx';
import { OrderTotal } from './order-total.tsx';
import type { OrderView } from './order-view.ts';
import { RequestWord } from './request-word.tsx';
import { State } from './state.tsx';

const columns = ['amazonOrder', 'shopify', 'date', 'market', 'total', 'shipBy', 'request', 'state'] as const;

function Wide({ order, now }: { order: OrderView; now: number }) {
  const { t } = useTranslation();
  const when = (at: number | null) => (at === null ? t('notKnown') : <Moment at={at} now={now} />);
  return (
    <>
      <IndexTable.Cell>
        <AmazonSide order={order} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <ShopifySide order={order} />
      </IndexTable.Cell>
      <IndexTable.Cell>{when(order.createdAt)}</IndexTable.Cell>
      <IndexTable.Cell>{order.market ?? t('notKnown')}</IndexTable.Cell>
      <IndexTable.Cell>
        <OrderTotal order={order} />
      </IndexTable.Cell>
      <IndexTable.Cell>{when(order.shipBy)}</IndexTable.Cell>
      <IndexTable.Cell>
        <RequestWord word={order.request} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        {/* Table cells do not wrap by themselves, and a sentence must not push the table out of the window. */}
        <div style={{ whiteSpace: 'normal', minWidth: '14rem' }}>
          <State state={order.state} tone={order.tone} params={order.params} now={now} />
        </div>
      </IndexTable.Cell>
    </>
  );
}

function Narrow({ order, now }: { order: OrderView; now: number }) {
  const { t } = useTranslation();
  return (
    <Box padding="300">
      <BlockStack gap="200">
        <InlineStack align="space-between" gap="200">
          <AmazonSide order={order} />
          <ShopifySide order={order} />
          <OrderTotal order={order} />
        </InlineStack>
        {order.request !== 'none' && (
          <InlineStack gap="200">
            {t('orders.column.request')}
            <RequestWord word={order.request} />
          </InlineStack>
        )}
        <State state={order.state} tone={order.tone} params={order.params} now={now} />
      </BlockStack>
    </Box>
  );
}

interface Props {
  readonly orders: readonly OrderView[];
  readonly now: number;
  readonly loading: boolean;
  readonly empty: ReactNode;
}

/** The orders with their one state each; two-line cards on a phone. */
export function OrderTable({ orders, now, loading, empty }: Props) {
  const { t } = useTranslation();
  const { smDown } = useBreakpoints();
  const [first, ...rest] = columns.map((id) => ({ id, title: t(`orders.column.${id}`) }));
  return (
    <IndexTable
      selectable={false}
      condensed={smDown}
      loading={loading}
      itemCount={orders.length}
      resourceName={{ singular: t('orders.resource.one'), plural: t('orders.resource.many') }}
      headings={first ? [first, ...rest] : [{ title: '' }]}
      emptyState={empty}
    >
      {orders.map((order, position) => (
        <IndexTable.Row id={order.amazonOrderId} key={order.amazonOrderId} position={position}>
          {smDown ? <Narrow order={order} now={now} /> : <Wide order={order} now={now} />}
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}
