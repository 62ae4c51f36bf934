import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Button, EmptySearchResult, InlineStack, Link, List, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { DroppedRow } from '../db/quarantine.ts';
import type { action } from '../routes/app.quarantine._index.tsx';
import { Moment } from './moment.tsx';
import { orderPageUrl } from './order-url.ts';
import { sayRefusal } from './say-refusal.ts';
import { useStyle } from './style.ts';
import { useSoon } from './use-soon.ts';
import { useMayChange } from './use-may-change.ts';

function Dropped({ row, now }: { readonly row: DroppedRow; readonly now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const shopify = useAppBridge();
  const { data, state, submit } = useFetcher<typeof action>();
  const lookSoon = useSoon();
  const mayChange = useMayChange();
  const back = data?.ok === true;
  useEffect(() => {
    if (!back) return;
    shopify.toast.show(t('quarantine.back.done'));
    lookSoon();
  }, [back, lookSoon, shopify, t]);
  const { amazonOrderId: order, id: choice } = row;
  return (
    <List.Item>
      <BlockStack gap="100" inlineAlign="start">
        <InlineStack gap="200">
          <Link url={orderPageUrl(order)}>{order}</Link>
          <Text as="span">{t('quarantine.left', { kind: row.kind })}</Text>
        </InlineStack>
        <Moment at={row.droppedAt} now={now} />
        <Button
          size="slim"
          disabled={!mayChange}
          loading={state !== 'idle'}
          accessibilityLabel={t('quarantine.back.buttonFor', { id: order })}
          onClick={() => {
            submit({ order, choice }, { method: 'post', encType: 'application/json' });
          }}
        >
          {t('quarantine.back.button')}
        </Button>
        {data?.ok === false && (
          <div role="alert">
            <Text as="span" tone="critical">
              {sayRefusal(data, t, style)}
            </Text>
          </div>
        )}
      </BlockStack>
    </List.Item>
  );
}

/** What was left as it is on Amazon in the last 30 days, each with the way back. */
export function DroppedList({ rows, now }: { readonly rows: readonly DroppedRow[]; readonly now: number }) {
  const { t } = useTranslation();
  if (rows.length === 0)
    return (
      <EmptySearchResult
        title={t('quarantine.leftEmpty.title')}
        description={t('quarantine.leftEmpty.text')}
      />
    );
  return (
    <List>
      {rows.map((row) => (
        <Dropped key={row.id} row={row} now={now} />
      ))}
    </List>
  );
}
