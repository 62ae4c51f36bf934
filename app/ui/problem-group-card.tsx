import { Badge, BlockStack, Card, InlineStack, List, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ProblemGroup, ProblemView } from './group-problems.ts';
import { Moment } from './moment.tsx';
import { useStyle } from './style.ts';
import { badgeTone } from './tone.ts';
import { sayable } from './wording.ts';

function Problem({ problem, now }: { problem: ProblemView; now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const { kind, amazonOrderId, subject, params, since } = problem;
  const words = sayable({ id: amazonOrderId || subject, subject, ...params }, t, style);
  const title = t(`problem.${kind}.title`, words);
  return (
    <List.Item>
      {title}
      <Text as="p" variant="bodySm" tone="subdued">
        {t(`problem.${kind}.why`, words)}
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {!title.includes(amazonOrderId) && `${amazonOrderId} · `}
        <Moment at={since} now={now} />
      </Text>
    </List.Item>
  );
}

/** All problems of one kind: a heading to jump to, how many, since when, and each with its sentence and reason. */
export function ProblemGroupCard({ group, now }: { group: ProblemGroup; now: number }) {
  const { t } = useTranslation();
  const hidden = group.count - group.shown.length;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t(`problem.${group.kind}.name`)}
          </Text>
          <Badge {...badgeTone(group.tone)}>{t('problems.count', { n: group.count })}</Badge>
        </InlineStack>
        <List>
          {group.shown.map((problem) => (
            <Problem key={problem.id} problem={problem} now={now} />
          ))}
        </List>
        {hidden > 0 && <Text as="p">{t('problems.more', { n: hidden })}</Text>}
      </BlockStack>
    </Card>
  );
}
