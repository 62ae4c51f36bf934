import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Badge, BlockStack, Button, InlineStack, Link, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { action } from '../routes/app.orders._index.tsx';
import type { LedgerView } from '../sync/ledger-view.ts';
import { formatCalendarDay } from './format.ts';
import type { ProblemView } from './group-problems.ts';
import { classText, ledgerTones, sideText, type LedgerSide } from './ledger-words.ts';
import { orderPageUrl } from './order-url.ts';
import { ReportTable, type ReportColumn } from './report-table.tsx';
import { Settling } from './settling.tsx';
import { useMayChange } from './use-may-change.ts';
import { useStyle } from './style.ts';
import { useSoon } from './use-soon.ts';

/** An entry as it goes to the browser. */
export type LedgerLine = Omit<LedgerView, 'problem'> & {
  readonly problem: ProblemView | null;
};

/** Looks at both sides of an order again; it reads, and the loop does what follows. */
function LookAgain({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const lookSoon = useSoon();
  const { data, state, submit } = useFetcher<typeof action>();
  useEffect(() => {
    if (state !== 'idle' || !data) return;
    shopify.toast.show(t('home.looking'));
    lookSoon();
  }, [data, lookSoon, shopify, state, t]);
  return (
    <Button
      size="slim"
      variant="plain"
      loading={state !== 'idle'}
      accessibilityLabel={t('action.lookAgainFor', { id })}
      onClick={() => {
        const wish = { intent: 'look_again', ids: [id] };
        submit(wish, { method: 'post', encType: 'application/json', action: '/app/orders?index' });
      }}
    >
      {t('action.lookAgain')}
    </Button>
  );
}

function Fix({
  line,
  onSettle,
}: {
  readonly line: LedgerLine;
  readonly onSettle: (problem: ProblemView) => void;
}) {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const { problem, look, amazonOrderId: id } = line;
  if (problem)
    return (
      <Button
        size="slim"
        disabled={!mayChange}
        accessibilityLabel={t('reports.money.settleFor', { id })}
        onClick={() => {
          onSettle(problem);
        }}
      >
        {t('settle.open')}
      </Button>
    );
  return look ? <LookAgain id={id} /> : null;
}

/** Entries of the ledger: three words of each, its one state, why, and what mends it. */
export function LedgerTable({
  name,
  lines,
  now,
}: {
  readonly name: string;
  readonly lines: readonly LedgerLine[];
  readonly now: number;
}) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const [settling, setSettling] = useState<ProblemView | null>(null);
  const side = (id: LedgerSide): ReportColumn<LedgerLine> => ({
    id,
    title: t('reports.money.column', { name: id }),
    numeric: true,
    cell: (line) => sideText(line, id, t, style.language),
  });
  const columns: ReportColumn<LedgerLine>[] = [
    {
      id: 'order',
      title: t('orders.column.amazonOrder'),
      cell: ({ amazonOrderId: id }) => <Link url={orderPageUrl(id)}>{id}</Link>,
    },
    {
      id: 'day',
      title: t('reports.money.column', { name: 'day' }),
      cell: ({ day }) => formatCalendarDay(day, style),
    },
    {
      id: 'kind',
      title: t('reports.money.column', { name: 'kind' }),
      cell: ({ kind }) => t('reports.money.kind', { kind }),
    },
    side('amazon'),
    side('shopify'),
    side('settlement'),
    {
      id: 'state',
      title: t('reports.money.column', { name: 'state' }),
      cell: (line) => (
        <BlockStack gap="100" inlineAlign="start">
          <Badge tone={ledgerTones[line.state]}>{t('reports.money.state', { state: line.state })}</Badge>
          <Text as="span" variant="bodySm" tone="subdued">
            {classText(line, t, style)}
          </Text>
          <InlineStack>
            <Fix line={line} onSettle={setSettling} />
          </InlineStack>
        </BlockStack>
      ),
    },
  ];
  return (
    <>
      <ReportTable
        name={name}
        columns={columns}
        rows={lines}
        keyOf={({ amazonOrderId, key }) => `${amazonOrderId} ${key}`}
      />
      {settling && (
        <Settling
          problem={settling}
          now={now}
          onClose={() => {
            setSettling(null);
          }}
        />
      )}
    </>
  );
}
