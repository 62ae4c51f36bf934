import { BlockStack, FormLayout, Text, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Field } from '../sync/problem-form.ts';
import { formatDecimal } from './format.ts';

type Grid = Extract<Field, { is: 'units' | 'amounts' }>;
/** What was typed, by row and column. */
export type Typed = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What was typed as the server reads it: without what is empty or nothing; null where nothing is left. */
export function gridValue(typed: Typed): string | null {
  const filled = Object.entries(typed).flatMap(([row, cells]) => {
    const own = Object.entries(cells).filter(([, text]) => !/^[\s0.,]*$/.test(text));
    return own.length > 0 ? [[row, Object.fromEntries(own.map(([name, text]) => [name, text.trim()]))]] : [];
  });
  return filled.length > 0 ? JSON.stringify(Object.fromEntries(filled)) : null;
}

/** Fields for units of lines by package, or for amounts of components by line: one below the other, so that it fits anywhere. */
export function SettleGrid({
  grid,
  typed,
  onType,
}: {
  readonly grid: Grid;
  readonly typed: Typed;
  readonly onType: (typed: Typed) => void;
}) {
  const { t, i18n } = useTranslation();
  const inUnits = grid.is === 'units';
  return (
    <BlockStack gap="300">
      {grid.rows.map((row) => (
        <FormLayout key={row.value}>
          <Text as="h3" variant="headingSm">
            {row.label}
          </Text>
          <FormLayout.Group condensed>
            {grid.columns.map((column) => {
              const most = grid.most[row.value]?.[column.value];
              if (most === undefined) return null;
              const label = inUnits ? column.label : t(`component.${column.value}`);
              return (
                <TextField
                  key={column.value}
                  label={t(inUnits ? 'settle.cellUnits' : 'settle.cellAmount', {
                    label,
                    most: formatDecimal(most, i18n.language),
                  })}
                  value={typed[row.value]?.[column.value] ?? ''}
                  inputMode={inUnits ? 'numeric' : 'decimal'}
                  autoComplete="off"
                  onChange={(text) => {
                    onType({ ...typed, [row.value]: { ...typed[row.value], [column.value]: text } });
                  }}
                />
              );
            })}
          </FormLayout.Group>
        </FormLayout>
      ))}
    </BlockStack>
  );
}
