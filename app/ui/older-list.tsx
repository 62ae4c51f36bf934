import { useNavigate, useSearchParams } from '@remix-run/react';
import {
  BlockStack,
  Box,
  Card,
  IndexTable,
  InlineStack,
  Pagination,
  Tabs,
  Text,
  useBreakpoints,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { OlderList as List, OlderOrder, OlderRun } from '../sync/older-view.ts';
import { formatMoney } from './format.ts';
import { Moment } from './moment.tsx';

interface Props {
  readonly run: OlderRun;
  readonly list: List;
  readonly now: number;
}

const tabs = ['create', 'adopt', 'leave', 'odd'] as const;
const columns = ['order', 'date', 'market', 'total', 'happens'] as const;

/** An order's values, in the order of the columns. */
function useCells(order: OlderOrder, fate: List['fate'], now: number) {
  const { t, i18n } = useTranslation();
  const { amazonOrderId, createdAt, market, total, why } = order;
  return [
    <Text as="span" key="order">
      <bdi>{amazonOrderId}</bdi>
    </Text>,
    createdAt === null ? t('notKnown') : <Moment key="date" at={createdAt} now={now} />,
    market ?? t('notKnown'),
    total === null ? t('notKnown') : formatMoney(total, i18n.language),
    t(`older.happens.${fate}`, { why }),
  ];
}

function Wide({ order, fate, now }: { order: OlderOrder; fate: List['fate']; now: number }) {
  const cells = useCells(order, fate, now);
  return (
    <>
      {cells.map((cell, position) => (
        <IndexTable.Cell key={columns[position] ?? position}>{cell}</IndexTable.Cell>
      ))}
    </>
  );
}

function Narrow({ order, fate, now }: { order: OlderOrder; fate: List['fate']; now: number }) {
  const [id, date, , total, happens] = useCells(order, fate, now);
  return (
    <Box padding="300">
      <BlockStack gap="100">
        <InlineStack align="space-between" gap="200">
          {id}
          <span>{total}</span>
        </InlineStack>
        <span>{happens}</span>
        <span>{date}</span>
      </BlockStack>
    </Box>
  );
}

/** What would become of each order that a preview read, by what happens to it. */
export function OlderList({ run, list: { fate, page, orders, more }, now }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { smDown } = useBreakpoints();
  const [first, ...rest] = columns.map((id) => ({ id, title: t(`older.column.${id}`) }));
  const names = {
    create: t('older.create'),
    adopt: t('older.adopt'),
    leave: t('older.leave'),
    odd: t('older.odd'),
  };
  const [query] = useSearchParams();
  const go = (to: { readonly fate: string; readonly page: number }) => {
    const next = new URLSearchParams(query);
    next.set('fate', to.fate);
    next.set('page', String(to.page));
    navigate(`?${next.toString()}`);
  };
  return (
    <Card padding="0">
      <Tabs
        tabs={tabs.map((one) => ({
          id: `older-${one}`,
          content: t('older.tab', { name: names[one], n: run[one] }),
          panelID: 'older-list',
        }))}
        selected={tabs.indexOf(fate)}
        onSelect={(index) => {
          go({ fate: tabs[index] ?? 'create', page: 0 });
        }}
      />
      <div id="older-list">
        <IndexTable
          selectable={false}
          condensed={smDown}
          itemCount={orders.length}
          resourceName={{ singular: t('orders.resource.one'), plural: t('orders.resource.many') }}
          headings={first ? [first, ...rest] : [{ title: '' }]}
          emptyState={<Text as="p">{t('older.noneOf')}</Text>}
        >
          {orders.map((order, position) => (
            <IndexTable.Row id={order.amazonOrderId} key={order.amazonOrderId} position={position}>
              {smDown ? (
                <Narrow order={order} fate={fate} now={now} />
              ) : (
                <Wide order={order} fate={fate} now={now} />
              )}
            </IndexTable.Row>
          ))}
        </IndexTable>
        {(page > 0 || more) && (
          <Box padding="300">
            <Pagination
              accessibilityLabel={t('older.title')}
              hasPrevious={page > 0}
              hasNext={more}
              previousTooltip={t('older.previous')}
              nextTooltip={t('older.next')}
              onPrevious={() => {
                go({ fate, page: page - 1 });
              }}
              onNext={() => {
                go({ fate, page: page + 1 });
              }}
            />
          </Box>
        )}
      </div>
    </Card>
  );
}
