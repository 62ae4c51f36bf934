import { Badge, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { RequestsLine, type Waiting } from './requests-line.tsx';
import { badgeTone } from './tone.ts';

const most = 8;

interface Props {
  readonly waiting: Waiting;
  readonly now: number;
  readonly open: number;
  readonly groups: readonly { readonly kind: string; readonly tone: string; readonly count: number }[];
}

/** The buyers and problems that wait for a person, the worst kinds of them first. */
export function NeedsYouCard({ waiting, now, open, groups }: Props) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('home.needsYou.title')}
        </Text>
        <RequestsLine waiting={waiting} now={now} />
        {open > 0 && <Text as="p">{t('home.needsYou.open', { n: open })}</Text>}
        {open === 0 && waiting.open === 0 && <Text as="p">{t('home.needsYou.nothing')}</Text>}
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
