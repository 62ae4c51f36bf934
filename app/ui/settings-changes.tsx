import { BlockStack, Card, List, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { formatList } from './format.ts';
import { Moment } from './moment.tsx';

interface Props {
  readonly changes: readonly {
    readonly id: string;
    readonly at: number;
    readonly names: readonly string[];
  }[];
  readonly now: number;
}

/** When which settings were changed; the values before and after stand in the audit log. */
export function SettingsChanges({ changes, now }: Props) {
  const { t, i18n } = useTranslation();
  if (changes.length === 0) return null;
  const nameOf = (name: string) => (i18n.exists(`settings.name.${name}`) ? t(`settings.name.${name}`) : name);
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t('settings.changes')}
        </Text>
        <List>
          {changes.map(({ id, at, names }) => (
            <List.Item key={id}>
              {formatList(names.map(nameOf), i18n.language)}{' '}
              <Text as="span" variant="bodySm" tone="subdued">
                <Moment at={at} now={now} />
              </Text>
            </List.Item>
          ))}
        </List>
      </BlockStack>
    </Card>
  );
}
