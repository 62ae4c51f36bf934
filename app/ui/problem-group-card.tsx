import { Badge, BlockStack, Button, Card, InlineStack, Link, List, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { repeatOf } from '../domain/problem-choices.ts';
import type { ProblemGroup, ProblemView } from './group-problems.ts';
import { Moment } from './moment.tsx';
import { usePlaces } from './places.tsx';
import { ProblemActions } from './problem-actions.tsx';
import { problemWords } from './problem-words.ts';
import { useStyle } from './style.ts';
import { badgeTone } from './tone.ts';
import { useMayChange } from './use-may-change.ts';

interface Wants {
  readonly onSettle: (problem: ProblemView) => void;
  /** Wants orders looked at again. */
  readonly onLook?: ((ids: readonly string[]) => void) | undefined;
}

function Problem({ problem, now, ...wants }: { problem: ProblemView; now: number } & Wants) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const places = usePlaces();
  const { kind, amazonOrderId, since } = problem;
  const { title, words } = problemWords(problem, t, style);
  return (
    <List.Item>
      <BlockStack gap="100">
        <Text as="span">{title}</Text>
        <Text as="p" variant="bodySm" tone="subdued">
          {t(`problem.${kind}.why`, words)}
        </Text>
        <Text as="p" variant="bodySm" tone="subdued">
          {amazonOrderId !== '' && <Link url={places.order(amazonOrderId)}>{amazonOrderId}</Link>}{' '}
          <Moment at={since} now={now} />
        </Text>
        <ProblemActions problem={problem} title={title} {...wants} />
      </BlockStack>
    </List.Item>
  );
}

/** Problems with their sentences, reasons and what can be pressed for them. */
export function ProblemList({
  problems,
  now,
  ...wants
}: { problems: readonly ProblemView[]; now: number } & Wants) {
  return (
    <List>
      {problems.map((problem) => (
        <Problem key={problem.id} problem={problem} now={now} {...wants} />
      ))}
    </List>
  );
}

/** All problems of one kind: a heading to jump to, how many, since when, and each with its sentence and reason. */
export function ProblemGroupCard({
  group,
  now,
  asking,
  onRepeat,
  ...wants
}: {
  group: ProblemGroup;
  now: number;
  /** All of them are being asked for. */
  asking: boolean;
  /** Wants the same done once more for many of them. */
  onRepeat: (kind: string) => void;
} & Wants) {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const again = repeatOf(group.kind);
  const hidden = group.count - group.shown.length;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t(`problem.${group.kind}.name`)}
          </Text>
          <Badge {...badgeTone(group.tone)}>{t('problems.count', { n: group.count })}</Badge>
          {(group.kind === 'sku_unlinked' || group.kind === 'sku_ambiguous') && (
            <Button
              size="slim"
              url={`/app/settings/products?tab=${group.kind === 'sku_unlinked' ? 'unlinked' : 'several'}`}
            >
              {t('problems.linkSkus')}
            </Button>
          )}
          {again !== null && group.count > 1 && (
            <Button
              size="slim"
              disabled={!mayChange}
              loading={asking}
              accessibilityLabel={t('problems.repeat.openFor', {
                what: t(`solve.${group.kind}.${again}.name`),
                name: t(`problem.${group.kind}.name`),
              })}
              onClick={() => {
                onRepeat(group.kind);
              }}
            >
              {t('problems.repeat.open', { what: t(`solve.${group.kind}.${again}.name`) })}
            </Button>
          )}
          {group.kind === 'quarantined' && (
            <Button size="slim" url="/app/quarantine">
              {t('problems.review')}
            </Button>
          )}
        </InlineStack>
        <ProblemList problems={group.shown} now={now} {...wants} />
        {hidden > 0 && <Text as="p">{t('problems.more', { n: hidden })}</Text>}
      </BlockStack>
    </Card>
  );
}
