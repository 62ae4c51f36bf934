import {
  BlockStack,
  Box,
  Button,
  IndexTable,
  InlineStack,
  Text,
  useBreakpoints,
  useIndexResourceState,
} from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bulk } from './bulk.ts';
import { Clocks } from './clocks-cell.tsx';
import { AmazonSide, ShopifySide } from './order-links.tsx';
import { OrderActions } from './order-actions.tsx';
import { OwnClicks } from './own-clicks.tsx';
import { OrderTotal } from './order-total.tsx';
import { Reason } from './reason.tsx';
import { AskedFor, RequestState } from './request-cells.tsx';
import type { RequestView } from './request-view.ts';

const columns = ['order', 'asked', 'reason', 'clock', 'value', 'state'] as const;

interface RowProps {
  readonly request: RequestView;
  readonly now: number;
  readonly isNew: boolean;
  readonly onLook: (ids: readonly string[]) => void;
}

function LookAgain({
  request,
  onLook,
  fullWidth = false,
}: Pick<RowProps, 'request' | 'onLook'> & { readonly fullWidth?: boolean }) {
  const { t } = useTranslation();
  const id = request.order.amazonOrderId;
  return (
    <OwnClicks>
      <Button
        size={fullWidth ? 'large' : 'slim'}
        fullWidth={fullWidth}
        accessibilityLabel={t('requests.lookFor', { id })}
        onClick={() => {
          onLook([id]);
        }}
      >
        {t('action.lookAgain')}
      </Button>
    </OwnClicks>
  );
}

const wrapping = (minWidth: string) => ({ whiteSpace: 'normal' as const, minWidth });

function Wide({ request, now, isNew, onLook }: RowProps) {
  const { t } = useTranslation();
  const { order, asked } = request;
  return (
    <>
      <IndexTable.Cell>
        <BlockStack gap="050">
          <AmazonSide order={order} brief />
          <InlineStack gap="200" wrap={false}>
            <ShopifySide order={order} brief />
            <Text as="span" variant="bodySm" tone="subdued">
              {order.storefront}
            </Text>
          </InlineStack>
        </BlockStack>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <AskedFor request={request} now={now} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div style={wrapping('9rem')}>
          {asked ? <Reason words={asked.words} category={asked.category} /> : t('notKnown')}
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div style={wrapping('7.5rem')}>
          <Clocks request={request} now={now} />
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <OrderTotal order={order} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div style={wrapping('9.5rem')}>
          <BlockStack gap="100" inlineAlign="start">
            <RequestState request={request} now={now} isNew={isNew} />
            <OrderActions order={order} reasons={request.reasons} now={now} />
            <LookAgain request={request} onLook={onLook} />
          </BlockStack>
        </div>
      </IndexTable.Cell>
    </>
  );
}

function Narrow({ request, now, isNew, onLook }: RowProps) {
  const { order, asked } = request;
  return (
    <Box padding="300">
      <BlockStack gap="200">
        <InlineStack align="space-between" gap="200">
          <AmazonSide order={order} />
          <ShopifySide order={order} />
          <OrderTotal order={order} />
        </InlineStack>
        <RequestState request={request} now={now} isNew={isNew} />
        <AskedFor request={request} now={now} />
        {asked && <Reason words={asked.words} category={asked.category} />}
        <Clocks request={request} now={now} />
        <OrderActions order={order} reasons={request.reasons} now={now} />
        <LookAgain request={request} onLook={onLook} fullWidth />
      </BlockStack>
    </Box>
  );
}

interface Props {
  readonly requests: readonly RequestView[];
  readonly fresh: ReadonlySet<string>;
  readonly now: number;
  readonly loading: boolean;
  readonly empty: ReactNode;
  readonly onLook: (ids: readonly string[]) => void;
  readonly onBulk: (what: Bulk, orders: readonly string[]) => void;
}

/** The requests with what a person needs to decide; cards on a phone. Many can be selected and decided at once. */
export function RequestTable({ requests, fresh, now, loading, empty, onLook, onBulk }: Props) {
  const { t } = useTranslation();
  const { smDown } = useBreakpoints();
  const keys = requests.map(({ key }) => ({ id: key }));
  const { selectedResources, allResourcesSelected, handleSelectionChange, clearSelection } =
    useIndexResourceState(keys);
  const [first, ...rest] = columns.map((id) => ({
    id,
    title: t(`requests.column.${id}`),
  }));
  const withSelected = (content: string, work: (orders: readonly string[]) => void) => ({
    content,
    onAction: () => {
      const chosen = requests.filter(({ key }) => selectedResources.includes(key));
      work([...new Set(chosen.map(({ order }) => order.amazonOrderId))]);
      clearSelection();
    },
  });
  return (
    <IndexTable
      condensed={smDown}
      loading={loading}
      itemCount={requests.length}
      selectedItemsCount={allResourcesSelected ? 'All' : selectedResources.length}
      onSelectionChange={handleSelectionChange}
      promotedBulkActions={[
        withSelected(t('action.approve'), (orders) => {
          onBulk('approve', orders);
        }),
        withSelected(t('action.decline'), (orders) => {
          onBulk('decline', orders);
        }),
        withSelected(t('action.lookAgain'), onLook),
      ]}
      resourceName={{ singular: t('requests.resource.one'), plural: t('requests.resource.many') }}
      headings={first ? [first, ...rest] : [{ title: '' }]}
      emptyState={empty}
    >
      {requests.map((request, position) => (
        <IndexTable.Row
          id={request.key}
          key={request.key}
          position={position}
          selected={selectedResources.includes(request.key)}
        >
          {smDown ? (
            <Narrow
              request={request}
              now={now}
              isNew={fresh.has(request.order.amazonOrderId)}
              onLook={onLook}
            />
          ) : (
            <Wide
              request={request}
              now={now}
              isNew={fresh.has(request.order.amazonOrderId)}
              onLook={onLook}
            />
          )}
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}
