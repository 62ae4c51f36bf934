import {
  BlockStack,
  Box,
  Button,
  EmptySearchResult,
  IndexTable,
  InlineStack,
  Link,
  Text,
  useBreakpoints,
  useIndexResourceState,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { IfSent } from '../domain/if-sent.ts';
import type { KeptView } from './kept-view.ts';
import { Moment } from './moment.tsx';
import { orderPageUrl } from './order-url.ts';
import { OwnClicks } from './own-clicks.tsx';
import type { QuarantineWish } from './quarantine-dialog.tsx';
import { canBeSent, SayIfSent } from './say-if-sent.tsx';
import { useMayChange } from './use-may-change.ts';

const columns = ['order', 'done', 'why', 'amazon', 'ifSent', 'actions'] as const;

interface RowProps {
  readonly row: KeptView;
  readonly ifSent: IfSent | undefined;
  readonly now: number;
  readonly onWish: (wish: QuarantineWish) => void;
}

function Order({ row }: Pick<RowProps, 'row'>) {
  return (
    <BlockStack gap="050">
      <Link url={orderPageUrl(row.amazonOrderId)} monochrome>
        {row.amazonOrderId}
      </Link>
      {row.shopifyName !== null && (
        <Text as="span" variant="bodySm" tone="subdued">
          {row.shopifyName}
        </Text>
      )}
    </BlockStack>
  );
}

function Buttons({ row, ifSent, onWish }: Omit<RowProps, 'now'>) {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const id = row.amazonOrderId;
  return (
    <OwnClicks>
      <InlineStack gap="100">
        {(['send', 'drop'] as const).map((what) => (
          <Button
            key={what}
            size="slim"
            disabled={!mayChange || (what === 'send' && !canBeSent(ifSent))}
            accessibilityLabel={t(`quarantine.${what}.buttonFor`, { id })}
            onClick={() => {
              onWish({ what, rows: [row] });
            }}
          >
            {t(`quarantine.${what}.button`)}
          </Button>
        ))}
      </InlineStack>
    </OwnClicks>
  );
}

function Wide({ row, ifSent, now, onWish }: RowProps) {
  const { t } = useTranslation();
  return (
    <>
      <IndexTable.Cell>
        <Order row={row} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Moment at={row.happenedAt} now={now} />
      </IndexTable.Cell>
      <IndexTable.Cell>{t(`quarantine.why.${row.why}`)}</IndexTable.Cell>
      <IndexTable.Cell>{t(`amazonStatus.${row.amazonStatus ?? 'unknown'}`)}</IndexTable.Cell>
      <IndexTable.Cell>
        <SayIfSent ifSent={ifSent} now={now} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Buttons row={row} ifSent={ifSent} onWish={onWish} />
      </IndexTable.Cell>
    </>
  );
}

function Narrow({ row, ifSent, now, onWish }: RowProps) {
  const { t } = useTranslation();
  return (
    <Box padding="300">
      <BlockStack gap="200">
        <Order row={row} />
        <SayIfSent ifSent={ifSent} now={now} />
        <Text as="p" variant="bodySm" tone="subdued">
          {t(`quarantine.why.${row.why}`)} · {t(`amazonStatus.${row.amazonStatus ?? 'unknown'}`)}
        </Text>
        <Moment at={row.happenedAt} now={now} />
        <Buttons row={row} ifSent={ifSent} onWish={onWish} />
      </BlockStack>
    </Box>
  );
}

interface Props {
  readonly rows: readonly KeptView[];
  readonly ifSent: ReadonlyMap<string, IfSent>;
  readonly now: number;
  readonly onWish: (wish: QuarantineWish) => void;
}

/** What waits in quarantine, each with what would happen if it were sent now; cards on a phone. */
export function QuarantineTable({ rows, ifSent, now, onWish }: Props) {
  const { t } = useTranslation();
  const { smDown } = useBreakpoints();
  const { selectedResources, allResourcesSelected, handleSelectionChange, clearSelection } =
    useIndexResourceState(rows.map(({ id }) => ({ id })));
  const [first, ...rest] = columns.map((id) => ({ id, title: t(`quarantine.column.${id}`) }));
  const chosen = rows.filter(({ id }) => selectedResources.includes(id));
  const sendable = chosen.filter(({ id }) => canBeSent(ifSent.get(id)));
  const bulk = (what: QuarantineWish['what'], of: readonly KeptView[]) => ({
    content: t(`quarantine.${what}.button`),
    disabled: of.length === 0,
    onAction: () => {
      onWish({ what, rows: of });
      clearSelection();
    },
  });
  return (
    <IndexTable
      condensed={smDown}
      itemCount={rows.length}
      selectedItemsCount={allResourcesSelected ? 'All' : selectedResources.length}
      onSelectionChange={handleSelectionChange}
      promotedBulkActions={[bulk('send', sendable), bulk('drop', chosen)]}
      resourceName={{ singular: t('quarantine.resource.one'), plural: t('quarantine.resource.many') }}
      headings={first ? [first, ...rest] : [{ title: '' }]}
      emptyState={
        <EmptySearchResult title={t('quarantine.empty.title')} description={t('quarantine.empty.text')} />
      }
    >
      {rows.map((row, position) => (
        <IndexTable.Row
          id={row.id}
          key={row.id}
          position={position}
          selected={selectedResources.includes(row.id)}
        >
          {smDown ? (
            <Narrow row={row} ifSent={ifSent.get(row.id)} now={now} onWish={onWish} />
          ) : (
            <Wide row={row} ifSent={ifSent.get(row.id)} now={now} onWish={onWish} />
          )}
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}
