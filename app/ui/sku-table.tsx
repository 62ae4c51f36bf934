import {
  Badge,
  BlockStack,
  Box,
  Button,
  EmptySearchResult,
  IndexTable,
  InlineStack,
  Link,
  Text,
  useBreakpoints,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { SkuRow } from '../db/sku-list.ts';
import type { SkuWant } from './sku-dialog.tsx';
import type { VariantNames } from './use-variant-names.ts';

const columns = ['sku', 'product', 'linked', 'orders', 'actions'] as const;

interface RowProps {
  readonly row: SkuRow;
  readonly names: VariantNames;
  readonly onWant: (want: SkuWant) => void;
}

/** The variant's name, or why there is none. */
function Product({ row, names }: Pick<RowProps, 'row' | 'names'>) {
  const { t } = useTranslation();
  const { variantId, candidates, byHand } = row;
  if (variantId === null && byHand) return <>{t('products.never')}</>;
  if (variantId === null)
    return <>{candidates > 1 ? t('products.several', { n: candidates }) : t('products.none')}</>;
  const number = variantId.replace(/^.*\//, '');
  if (names === 'looking') return <>{t('products.looking')}</>;
  if (names === 'unreadable') return <>{t('products.variant', { number })}</>;
  const name = names.get(variantId);
  return name === undefined ? (
    <Badge tone="warning">{t('products.gone', { number })}</Badge>
  ) : (
    <Text as="span" breakWord>
      {name}
    </Text>
  );
}

function Linked({ row }: Pick<RowProps, 'row'>) {
  const { t } = useTranslation();
  if (row.variantId === null && row.byHand) return <Badge tone="info">{t('products.byHand')}</Badge>;
  if (row.variantId === null) return <Badge tone="attention">{t('products.unlinked')}</Badge>;
  return row.byHand ? (
    <Badge tone="info">{t('products.byHand')}</Badge>
  ) : (
    <Badge>{t('products.bySku')}</Badge>
  );
}

function Orders({ row }: Pick<RowProps, 'row'>) {
  const { t } = useTranslation();
  const words = t('products.orders', { n: row.orders });
  return row.orders === 0 ? (
    <>{words}</>
  ) : (
    <Link url={`/app/orders?q=${encodeURIComponent(row.sku)}`} monochrome>
      {words}
    </Link>
  );
}

function Buttons({ row, onWant }: Omit<RowProps, 'names'>) {
  const { t } = useTranslation();
  const { sku, variantId, byHand } = row;
  return (
    <InlineStack gap="100">
      <Button
        size="slim"
        accessibilityLabel={t('products.linkFor', { sku })}
        onClick={() => {
          onWant({ what: 'link', row });
        }}
      >
        {variantId === null ? t('products.link') : t('products.change')}
      </Button>
      {variantId === null && !byHand && (
        <Button
          size="slim"
          accessibilityLabel={t('products.neverFor', { sku })}
          onClick={() => {
            onWant({ what: 'never', row });
          }}
        >
          {t('products.neverLink')}
        </Button>
      )}
      {byHand && (
        <Button
          size="slim"
          accessibilityLabel={t(variantId === null ? 'products.lookAgainFor' : 'products.unlinkFor', { sku })}
          onClick={() => {
            onWant({ what: 'unlink', row });
          }}
        >
          {t(variantId === null ? 'products.lookAgain' : 'products.unlink')}
        </Button>
      )}
    </InlineStack>
  );
}

function Wide(props: RowProps) {
  return (
    <>
      <IndexTable.Cell>
        <div style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
          <Text as="span" fontWeight="semibold">
            {props.row.sku}
          </Text>
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        {/* Table cells do not wrap by themselves. */}
        <div style={{ whiteSpace: 'normal', minWidth: '12rem' }}>
          <Product {...props} />
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Linked {...props} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Orders {...props} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Buttons {...props} />
      </IndexTable.Cell>
    </>
  );
}

function Narrow(props: RowProps) {
  return (
    <Box padding="300">
      <BlockStack gap="200">
        <InlineStack align="space-between" gap="200">
          <Text as="span" fontWeight="semibold" breakWord>
            {props.row.sku}
          </Text>
          <Linked {...props} />
        </InlineStack>
        <Text as="p">
          <Product {...props} />
        </Text>
        <Orders {...props} />
        <Buttons {...props} />
      </BlockStack>
    </Box>
  );
}

interface Props {
  readonly rows: readonly SkuRow[];
  readonly names: VariantNames;
  readonly onWant: (want: SkuWant) => void;
}

/** SKUs with the variant each means, who said so, and what can be done; cards on a phone. */
export function SkuTable({ rows, names, onWant }: Props) {
  const { t } = useTranslation();
  const { smDown } = useBreakpoints();
  const [first, ...rest] = columns.map((id) => ({ id, title: t(`products.column.${id}`) }));
  return (
    <IndexTable
      selectable={false}
      condensed={smDown}
      itemCount={rows.length}
      resourceName={{ singular: t('products.resource.one'), plural: t('products.resource.many') }}
      headings={first ? [first, ...rest] : [{ title: '' }]}
      emptyState={
        <EmptySearchResult title={t('products.empty.title')} description={t('products.empty.text')} />
      }
    >
      {rows.map((row, position) => (
        <IndexTable.Row id={row.sku} key={row.sku} position={position}>
          {smDown ? (
            <Narrow row={row} names={names} onWant={onWant} />
          ) : (
            <Wide row={row} names={names} onWant={onWant} />
          )}
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}
