import { BlockStack, Card, List, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Happening } from '../domain/timeline.ts';
import { Moment } from './moment.tsx';
import { sayHappening } from './say-happening.ts';
import { useStyle } from './style.ts';

function Entry({ happening, now }: { happening: Happening; now: number }) {
  const { t, i18n } = useTranslation();
  const { at, by, words } = happening;
  const said = sayHappening(happening, i18n, useStyle(now));
  return (
    <List.Item>
      <BlockStack gap="050">
        <Text as="span">
          {said}{' '}
          <Text as="span" tone="subdued" variant="bodySm">
            {t('order.by', { who: by })}
          </Text>
        </Text>
        {words !== null && (
          <Text as="p" variant="bodySm" breakWord>
            <span dir="auto">{t('order.words', { words })}</span>
          </Text>
        )}
        <Text as="p" variant="bodySm" tone="subdued">
          {at === null ? t('order.toCome') : <Moment at={at} now={now} />}
        </Text>
      </BlockStack>
    </List.Item>
  );
}

/** All that happened to an order, the newest first, with who did it and what the other side answered. */
export function TimelineCard({
  timeline,
  now,
}: {
  readonly timeline: readonly Happening[];
  readonly now: number;
}) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('order.timeline')}
        </Text>
        <List>
          {timeline.map((happening, place) => (
            <Entry
              key={`${String(happening.at)} ${happening.key} ${String(place)}`}
              happening={happening}
              now={now}
            />
          ))}
        </List>
      </BlockStack>
    </Card>
  );
}
