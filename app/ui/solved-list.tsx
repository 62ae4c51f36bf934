import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Badge, BlockStack, Button, Card, EmptyState, InlineStack, List, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { action } from '../routes/app.problems.$problem.settle.ts';
import type { SolvedView } from './group-problems.ts';
import { Moment } from './moment.tsx';
import { problemWords } from './problem-words.ts';
import { sayRefusal } from './say-refusal.ts';
import { useStyle } from './style.ts';
import { useMayChange } from './use-may-change.ts';
import { useSoon } from './use-soon.ts';

/** Opens a problem again that was left as it is. */
function Reopen({ problem, title, now }: { problem: SolvedView; title: string; now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const shopify = useAppBridge();
  const { data, state, submit } = useFetcher<typeof action>();
  const lookSoon = useSoon();
  const mayChange = useMayChange();
  const back = data?.ok === true;
  useEffect(() => {
    if (!back) return;
    shopify.toast.show(t('problems.reopened'));
    lookSoon();
  }, [back, lookSoon, shopify, t]);
  return (
    <>
      <Button
        size="slim"
        loading={state !== 'idle'}
        disabled={!mayChange}
        accessibilityLabel={t('problems.reopenFor', { title })}
        onClick={() => {
          submit(
            { choice: 'reopen', value: null, note: null, checked: false },
            { method: 'post', encType: 'application/json', action: `/app/problems/${problem.id}/settle` },
          );
        }}
      >
        {t('problems.reopen')}
      </Button>
      {data?.ok === false && (
        <div role="alert">
          <Text as="span" tone="critical">
            {sayRefusal(data, t, style)}
          </Text>
        </div>
      )}
    </>
  );
}

function Solved({ problem, now }: { problem: SolvedView; now: number }) {
  const { t, i18n } = useTranslation();
  const style = useStyle(now);
  const { title, words } = problemWords(problem, t, style);
  const own = `solve.${problem.kind}.${problem.choice ?? ''}.name`;
  const choice = t(i18n.exists(own) ? own : 'solve.any.leave.name', words);
  return (
    <List.Item>
      <BlockStack gap="100">
        <Text as="span">{title}</Text>
        <InlineStack gap="200" blockAlign="center">
          <Badge>{t('problems.by', { who: problem.byStaff ? 'staff' : 'itself' })}</Badge>
          <Text as="span" variant="bodySm" tone="subdued">
            <Moment at={problem.closedAt} now={now} />
          </Text>
          {problem.choice !== null && (
            <Text as="span" variant="bodySm">
              {t('problems.chosen', { name: choice })}
            </Text>
          )}
          {problem.left && <Reopen problem={problem} title={title} now={now} />}
        </InlineStack>
        {problem.note !== null && (
          <Text as="p" variant="bodySm" tone="subdued" breakWord>
            <span dir="auto">{t('problems.note', { note: problem.note })}</span>
          </Text>
        )}
      </BlockStack>
    </List.Item>
  );
}

/** What is over, the last one first: when, by whom, by which choice. */
export function SolvedList({ problems, now }: { problems: readonly SolvedView[]; now: number }) {
  const { t } = useTranslation();
  return (
    <Card>
      {problems.length === 0 ? (
        <EmptyState heading={t('problems.solvedEmpty.title')} image="/icon.svg">
          {t('problems.solvedEmpty.text')}
        </EmptyState>
      ) : (
        <List>
          {problems.map((problem) => (
            <Solved key={problem.id} problem={problem} now={now} />
          ))}
        </List>
      )}
    </Card>
  );
}
