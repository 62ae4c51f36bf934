import { Badge, BlockStack, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { formatMoment } from './format.ts';
import { RequestsLine, type Waiting } from './requests-line.tsx';
import { useStyle } from './style.ts';
import { badgeTone } from './tone.ts';

const most = 8;

interface Props {
  readonly waiting: Waiting;
  readonly now: number;
  readonly open: number;
  /** Orders that have to be shipped within a day, and the next time to ship anything, ms UTC. */
  readonly soon: number;
  readonly nextShipBy: number | null;
  readonly groups: readonly { readonly kind: string; readonly tone: string; readonly count: number }[];
}

/** The buyers and problems that wait for a person, the worst kinds of them first. */
export function NeedsYouCard({ waiting, now, open, soon, nextShipBy, groups }: Props) {
  const { t } = useTranslation();
  const style = useStyle(now);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('home.needsYou.title')}
        </Text>
        <RequestsLine waiting={waiting} now={now} />
        {open > 0 && <Text as="p">{t('home.needsYou.open', { n: open })}</Text>}
        {open === 0 && waiting.open === 0 && soon === 0 && (
          <Text as="p">
            {t('home.needsYou.nothing')}
            {nextShipBy !== null &&
              ` ${t('home.needsYou.nextShipBy', { date: formatMoment(nextShipBy, style) })}`}
          </Text>
        )}
        {soon > 0 && (
          <InlineStack gap="200" blockAlign="center">
            <Badge tone="warning">{t('home.needsYou.orders', { n: soon })}</Badge>
            <Text as="span">{t('state.ship_soon.badge')}</Text>
            <Link url="/app/orders?state=ship_soon">{t('home.seeOrders')}</Link>
          </InlineStack>
        )}
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
