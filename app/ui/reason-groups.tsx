import { BlockStack, Card, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ListPlace } from '../db/order-list.ts';
import type { ReasonGroup, ReasonGrouping } from '../domain/reason-group.ts';
import { spokenFigures } from './cells.ts';
import { PagesOf } from './pages-of.tsx';
import { groupCells } from './reason-cells.ts';
import { ReportTable } from './report-table.tsx';

/** The orders of a group; null: the list of orders cannot be narrowed to it. */
function ordersOf(by: ReasonGrouping, key: string): string | null {
  if (by === 'week') return null;
  const query = new URLSearchParams(by === 'sku' ? { q: key } : { market: key, request: 'asked' });
  return `/app/orders?${query.toString()}`;
}

/** Requests by SKU, marketplace or week (REP-7); a row leads to its orders. */
export function ReasonGroups({
  groups,
  by,
  next,
}: {
  readonly groups: readonly ReasonGroup[];
  readonly by: ReasonGrouping;
  readonly next: ListPlace | null;
}) {
  const { t, i18n } = useTranslation();
  const { name, columns, rows } = groupCells(groups, by, t, spokenFigures(t, i18n.language));
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {name}
        </Text>
        <ReportTable
          name={name}
          rows={rows}
          keyOf={({ id }) => id}
          columns={columns.map((column, at) => ({
            ...column,
            cell: ({ id, cells }: (typeof rows)[number]) => {
              const url = at === 0 ? ordersOf(by, id) : null;
              return url === null ? cells[at] : <Link url={url}>{cells[at]}</Link>;
            },
          }))}
        />
        <PagesOf next={next} />
      </BlockStack>
    </Card>
  );
}
