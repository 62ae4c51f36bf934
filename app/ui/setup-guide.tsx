import { useFetcher, useLocation } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Box, Button, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connected } from '../domain/connect-refusal.ts';
import { guideSteps, type GuideStep } from '../domain/guide.ts';
import type { GuideWish } from '../routes/app.guide.ts';
import type { SetupView } from '../sync/setup-view.ts';
import { connectedWords } from './connected-words.ts';
import { ConnectStep, DoneStep, HandlingStep, ImportStep, MarketplacesStep } from './guide-contents.tsx';
import { GuideStepSection, stepButton } from './guide-step.tsx';
import { useMayChange } from './use-may-change.ts';

/** Notes what a person did with the guide. */
function useGuide(): (wish: GuideWish) => void {
  const { submit } = useFetcher();
  return useCallback(
    (wish: GuideWish) => {
      submit(wish, { method: 'post', encType: 'application/json', action: '/app/guide' });
    },
    [submit],
  );
}

/** The page's further action that brings the guide back; none while it is shown. */
export function useShowGuide({ shown }: SetupView): { content: string; onAction: () => void }[] {
  const { t } = useTranslation();
  const change = useGuide();
  const mayChange = useMayChange();
  if (shown || !mayChange) return [];
  return [
    {
      content: t('guide.show'),
      onAction: () => {
        change({ guide: 'show' });
      },
    },
  ];
}

/**
 * Which step is open: the first that is not done, until the person opens or closes one. Once a step was taken the heading of
 * the next one gets the focus.
 */
function useOpenStep({ done, next }: SetupView) {
  const [chosen, setChosen] = useState<GuideStep | 'none' | null>(null);
  // Whoever comes back from Amazon has just connected.
  const arrived = (useLocation().state as { guide?: unknown } | null)?.guide === 'next';
  const [taken, setTaken] = useState<GuideStep | null>(arrived ? 'connect' : null);
  useEffect(() => {
    if (taken === null || next === null || !done.includes(taken)) return;
    document.getElementById(stepButton(next))?.focus();
    setTaken(null);
  }, [taken, done, next]);
  const goOn = useCallback((step: GuideStep) => {
    setChosen(null);
    setTaken(step);
  }, []);
  return { open: chosen ?? next, setChosen, goOn };
}

/** The setup guide: five steps, each to be opened, left and taken up again; it goes when it is finished or put away. */
export function SetupGuide({ setup }: { setup: SetupView }) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const mayChange = useMayChange();
  const change = useGuide();
  const { open, setChosen, goOn } = useOpenStep(setup);
  const take = useCallback(
    (step: GuideStep) => {
      change({ step });
      goOn(step);
    },
    [change, goOn],
  );
  const onConnected = useCallback(
    (one: Connected) => {
      shopify.toast.show(connectedWords(t, one));
      take('connect');
    },
    [shopify, t, take],
  );
  const onMarketplaces = useCallback(() => {
    goOn('marketplaces');
  }, [goOn]);
  const onImport = useCallback(() => {
    take('import');
  }, [take]);
  const onHandling = useCallback(() => {
    take('handling');
  }, [take]);
  const onDone = useCallback(() => {
    change({ step: 'done' });
  }, [change]);
  // Who may only look cannot take a step of it.
  if (!setup.shown || !mayChange) return null;
  const contents = {
    connect: <ConnectStep setup={setup} onConnected={onConnected} />,
    marketplaces: <MarketplacesStep setup={setup} onDone={onMarketplaces} />,
    import: <ImportStep setup={setup} onDone={onImport} />,
    handling: <HandlingStep setup={setup} onDone={onHandling} />,
    done: <DoneStep onDone={onDone} />,
  };
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">
            {t('guide.title')}
          </Text>
          <Button
            variant="plain"
            onClick={() => {
              change({ guide: 'dismiss' });
            }}
          >
            {t('guide.dismiss')}
          </Button>
        </InlineStack>
        <InlineStack gap="300" blockAlign="center" wrap={false}>
          <Box minWidth="6rem">
            <Text as="span" tone="subdued">
              {t('guide.progress', { n: setup.done.length, all: guideSteps.length })}
            </Text>
          </Box>
          <ProgressBar size="small" progress={(setup.done.length / guideSteps.length) * 100} />
        </InlineStack>
        {guideSteps.map((step) => (
          <GuideStepSection
            key={step}
            step={step}
            done={setup.done.includes(step)}
            open={open === step}
            onToggle={() => {
              setChosen(open === step ? 'none' : step);
            }}
          >
            {contents[step]}
          </GuideStepSection>
        ))}
      </BlockStack>
    </Card>
  );
}
