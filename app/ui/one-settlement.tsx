import { useFetcher, useSearchParams } from '@remix-run/react';
import { Badge, BlockStack, Button, Card, InlineStack, Link, Text, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettledLine } from '../db/settlement-list.ts';
import type { ListPlace } from '../db/order-list.ts';
import type { action } from '../routes/app.reports.settlements.tsx';
import type { SettlementView } from '../sync/settlement-view.ts';
import { FilterChoice } from './filter-choice.tsx';
import { formatMoney, formatSum } from './format.ts';
import { orderPageUrl } from './order-url.ts';
import { PagesOf } from './pages-of.tsx';
import { ReportTable, type ReportColumn } from './report-table.tsx';
import { matchedText, proofText, proofTones, whyText } from './settlement-words.ts';
import { changed } from './trail.ts';
import { useMayChange } from './use-may-change.ts';

/** Gives a row that nothing matches a name; kept with the row, and can be changed. */
function NameRow({ settlementId, row }: { readonly settlementId: string; readonly row: SettledLine }) {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState(row.note ?? '');
  const { data, state, submit } = useFetcher<typeof action>();
  useEffect(() => {
    if (state === 'idle' && data?.ok) setOpen(false);
  }, [data, state]);
  if (!open)
    return (
      <Button
        size="slim"
        variant="plain"
        disabled={!mayChange}
        accessibilityLabel={t('reports.settlements.nameFor', { line: row.line })}
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('reports.settlements.name')}
      </Button>
    );
  return (
    <TextField
      label={t('reports.settlements.nameFor', { line: row.line })}
      labelHidden
      autoComplete="off"
      maxLength={200}
      value={note}
      onChange={setNote}
      connectedRight={
        <Button
          loading={state !== 'idle'}
          onClick={() => {
            submit({ settlementId, line: row.line, note }, { method: 'post', encType: 'application/json' });
          }}
        >
          {t('reports.settlements.keep')}
        </Button>
      }
    />
  );
}

interface Props {
  readonly settlement: SettlementView;
  readonly lines: readonly SettledLine[];
  readonly next: ListPlace | null;
  readonly now: number;
}

/** One settlement: its proof, and its rows with what they belong to. */
export function OneSettlement({ settlement, lines, next }: Props) {
  const { t, i18n } = useTranslation();
  const [query] = useSearchParams();
  const { currency, settlementId, total, sum } = settlement;
  const money = (text: string) => formatSum(text, currency, i18n.language);
  const title = (name: string) => t('reports.settlements.column', { name });
  const columns: ReportColumn<SettledLine>[] = [
    { id: 'row', title: title('row'), numeric: true, cell: ({ line }) => String(line) },
    { id: 'type', title: title('type'), cell: ({ type, description }) => `${type} · ${description}` },
    {
      id: 'order',
      title: title('order'),
      cell: ({ amazonOrderId: id, why }) =>
        id === '' || why === 'older' || why === 'unknown_order' ? (
          id
        ) : (
          <Link url={orderPageUrl(id)}>{id}</Link>
        ),
    },
    {
      id: 'amount',
      title: title('amount'),
      numeric: true,
      cell: ({ amount }) => formatMoney({ amount, currency }, i18n.language),
    },
    { id: 'matched', title: title('matched'), cell: (row) => matchedText(row, t) },
    {
      id: 'why',
      title: title('why'),
      cell: (row) => (
        <BlockStack gap="100" inlineAlign="start">
          <span>{whyText(row, t)}</span>
          {row.matchedTo === '' && <NameRow settlementId={settlementId} row={row} />}
        </BlockStack>
      ),
    },
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Button url={changed(query, 'settlement', '')}>{t('reports.settlements.all')}</Button>
          <Text as="h2" variant="headingMd">
            {settlementId}
          </Text>
          <Badge tone={proofTones[settlement.proof]}>{proofText(settlement, t, i18n.language)}</Badge>
        </InlineStack>
        <Text as="p">
          {t('reports.settlements.sums', {
            total: total === null ? t('notKnown') : money(total),
            sum: money(sum),
            n: settlement.rows,
            unmatched: settlement.unmatched,
            named: settlement.named,
          })}
        </Text>
        <FilterChoice
          name="lines"
          label={t('reports.settlements.lines')}
          any={t('reports.settlements.onlyUnmatched')}
          options={[{ value: 'all', label: t('reports.settlements.allRows') }]}
        />
        {lines.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('reports.settlements.allMatched')}
          </Text>
        ) : (
          <ReportTable
            name={settlementId}
            columns={columns}
            rows={lines}
            keyOf={({ line }) => String(line)}
          />
        )}
        <PagesOf next={next} />
      </BlockStack>
    </Card>
  );
}
