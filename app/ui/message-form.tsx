import { BlockStack, Card, Checkbox, ChoiceList, Text } from '@shopify/polaris';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageLine } from '../sync/message-page.ts';

/** What a person read in a buyer's message. */
export interface MessageFields {
  readonly some: boolean;
  /** Order item ids, of which only counts where `some` is set. */
  readonly lines: readonly string[];
  readonly why: 'changed_mind' | 'wrong' | 'out_of_stock';
  readonly hold: boolean;
}
export const emptyMessage: MessageFields = { some: false, lines: [], why: 'changed_mind', hold: true };

const reasons = [
  ['changed_mind', 'byMessage.why.changedMind'],
  ['wrong', 'byMessage.why.wrong'],
  ['out_of_stock', 'byMessage.why.outOfStock'],
] as const;

interface Props {
  readonly fields: MessageFields;
  readonly lines: readonly MessageLine[];
  /** The heading gets the cursor once an order is found. */
  readonly heading: RefObject<HTMLHeadingElement>;
  readonly onChange: (fields: MessageFields) => void;
}

/** What the buyer wants, why, and whether the order is held meanwhile. */
export function MessageForm({ fields, lines, heading, onChange }: Props) {
  const { t } = useTranslation();
  const change = (some: Partial<MessageFields>) => {
    onChange({ ...fields, ...some });
  };
  return (
    <>
      <Card>
        <BlockStack gap="400">
          <h2 ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
            <Text as="span" variant="headingMd">
              {t('byMessage.wish')}
            </Text>
          </h2>
          <ChoiceList
            title={t('byMessage.what.title')}
            choices={[
              { value: 'all', label: t('byMessage.what.all') },
              { value: 'some', label: t('byMessage.what.some'), disabled: lines.length < 2 },
            ]}
            selected={[fields.some ? 'some' : 'all']}
            onChange={([picked]) => {
              change({ some: picked === 'some' });
            }}
          />
          {fields.some && (
            <ChoiceList
              title={t('byMessage.lines')}
              allowMultiple
              choices={lines.map(({ orderItemId, sku, title, quantity }) => ({
                value: orderItemId,
                label: t('byMessage.line', {
                  n: quantity,
                  name: title ?? sku ?? orderItemId,
                  sku: sku ?? '',
                  sku_given: sku === null || title === null ? 'no' : 'yes',
                }),
              }))}
              selected={[...fields.lines]}
              onChange={(picked) => {
                change({ lines: picked });
              }}
            />
          )}
          <ChoiceList
            title={t('byMessage.why.title')}
            choices={reasons.map(([value, label]) => ({ value, label: t(label) }))}
            selected={[fields.why]}
            onChange={([picked]) => {
              change({ why: reasons.find(([value]) => value === picked)?.[0] ?? 'changed_mind' });
            }}
          />
        </BlockStack>
      </Card>
      {fields.why !== 'out_of_stock' && (
        <Card>
          <Checkbox
            label={t('byMessage.hold')}
            helpText={t('byMessage.holdHelp')}
            checked={fields.hold}
            onChange={(hold) => {
              change({ hold });
            }}
          />
        </Card>
      )}
    </>
  );
}
