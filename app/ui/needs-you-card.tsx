import { Badge, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { badgeTone } from './tone.ts';

const most = 8;

interface Props {
  readonly open: number;
  readonly groups: readonly { readonly kind: string; readonly tone: string; readonly count: number }[];
}

/** How many problems wait for a person, the worst kinds first. */
export function NeedsYouCard({ open, groups }: Props) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('home.needsYou.title')}
        </Text>
        <Text as="p">{open === 0 ? t('home.needsYou.nothing') : t('home.needsYou.open', { n: open })}</Text>
        {groups.slice(0, most).map((group) => (
          <InlineStack key={group.kind} gap="200" blockAlign="center">
            <Badge {...badgeTone(group.tone)}>{t('problems.count', { n: group.count })}</Badge>
            <Text as="span">{t(`problem.${group.kind}.name`)}</Text>
          </InlineStack>
        ))}
        {open > 0 && (
          <InlineStack>
            <Button url="/app/problems">{t('home.needsYou.see')}</Button>
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}
