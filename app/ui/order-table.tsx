import {
  BlockStack,
  Box,
  IndexTable,
  InlineStack,
  Text,
  useBreakpoints,
  useIndexResourceState,
} from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from './moment.tsx';
import { AmazonSide, ShopifySide } from './order-links.tsx';
import { OrderTotal } from './order-total.tsx';
import type { OrderView } from './order-view.ts';
import { RequestWord } from './request-word.tsx';
import { State } from './state.tsx';

const columns = ['amazonOrder', 'shopify', 'date', 'total', 'shipBy', 'state'] as const;

// Table cells do not wrap by themselves, and a sentence must not push the table out of the window.
const wrapping = (minWidth: string) => ({ whiteSpace: 'normal' as const, minWidth });

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
      <IndexTable.Cell>
        <div style={wrapping('7.5rem')}>
          {when(order.createdAt)}
          <Text as="p" variant="bodySm" tone="subdued">
            {order.storefront ?? order.market ?? t('notKnown')}
          </Text>
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <OrderTotal order={order} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div style={wrapping('7.5rem')}>{when(order.shipBy)}</div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div style={wrapping('10rem')}>
          <State state={order.state} tone={order.tone} params={order.params} now={now} />
          <Asked order={order} />
        </div>
      </IndexTable.Cell>
    </>
  );
}

/** Whether the buyer asked, in words, where it is not plainly no. */
function Asked({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  if (order.request === 'none') return null;
  return (
    <InlineStack gap="200">
      {t('orders.request.label')}
      <RequestWord word={order.request} />
    </InlineStack>
  );
}

function Narrow({ order, now }: { order: OrderView; now: number }) {
  return (
    <Box padding="300">
      <BlockStack gap="200">
        <InlineStack align="space-between" gap="200">
          <AmazonSide order={order} />
          <ShopifySide order={order} />
          <OrderTotal order={order} />
        </InlineStack>
        <Asked order={order} />
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
  /** What can be done with many at once. */
  readonly bulk: readonly { readonly content: string; readonly work: (ids: readonly string[]) => void }[];
}

/** The orders with their one state each; two-line cards on a phone. */
export function OrderTable({ orders, now, loading, empty, bulk }: Props) {
  const { t } = useTranslation();
  const { smDown } = useBreakpoints();
  const [first, ...rest] = columns.map((id) => ({ id, title: t(`orders.column.${id}`) }));
  const keys = orders.map(({ amazonOrderId: id }) => ({ id }));
  const { selectedResources, allResourcesSelected, handleSelectionChange, clearSelection } =
    useIndexResourceState(keys);
  return (
    <IndexTable
      condensed={smDown}
      loading={loading}
      itemCount={orders.length}
      selectedItemsCount={allResourcesSelected ? 'All' : selectedResources.length}
      onSelectionChange={handleSelectionChange}
      promotedBulkActions={bulk.map(({ content, work }) => ({
        content,
        onAction: () => {
          work(keys.flatMap(({ id }) => (selectedResources.includes(id) ? [id] : [])));
          clearSelection();
        },
      }))}
      resourceName={{ singular: t('orders.resource.one'), plural: t('orders.resource.many') }}
      headings={first ? [first, ...rest] : [{ title: '' }]}
      emptyState={empty}
    >
      {orders.map((order, position) => (
        <IndexTable.Row
          id={order.amazonOrderId}
          key={order.amazonOrderId}
          position={position}
          selected={selectedResources.includes(order.amazonOrderId)}
        >
          {smDown ? <Narrow order={order} now={now} /> : <Wide order={order} now={now} />}
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}
