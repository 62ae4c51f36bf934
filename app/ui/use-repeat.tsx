import { Banner } from '@shopify/polaris';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { repeatOf } from '../domain/problem-choices.ts';
import { askJson } from './ask-json.ts';
import { BulkResult } from './bulk-result.tsx';
import type { Sorted } from './bulk.ts';
import { groupOf, type ProblemView, type WholeGroup } from './group-problems.ts';
import { RepeatDialog } from './repeat-dialog.tsx';
import { useSoon } from './use-soon.ts';

/**
 * Trying many problems of a kind again: all of them are asked for first, so that what is said of them and what is done is about
 * the same ones. The dialog and what became of them stand on the page: what is solved leaves its list.
 */
export function useRepeat(now: number): {
  /** `from` answers with the problems. */
  readonly start: (kind: string, from: string) => void;
  /** The kind whose problems are being asked for. */
  readonly asking: string | null;
  readonly result: ReactNode;
  readonly dialog: ReactNode;
} {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [asked, setAsked] = useState<WholeGroup | null>(null);
  const [done, setDone] = useState<Sorted | null>(null);
  const lookSoon = useSoon();
  const choice = asked ? repeatOf(asked.kind) : null;
  const open = async (kind: string, from: string) => {
    setDone(null);
    setAsking(kind);
    const answer = await askJson<{ readonly problems: readonly ProblemView[] }>(from);
    const group = groupOf(kind, answer?.problems ?? []);
    setAsking(null);
    setFailed(group === null);
    setAsked(group);
  };
  return {
    start: (kind, from) => {
      void open(kind, from); // `askJson` answers null for what goes wrong.
    },
    asking,
    dialog: asked && choice !== null && (
      <RepeatDialog
        group={asked}
        choice={choice}
        now={now}
        onClose={(all) => {
          setAsked(null);
          if (!all) return;
          setDone(all);
          lookSoon();
        }}
      />
    ),
    result: (failed || done) && (
      <>
        {failed && <Banner tone="critical">{t('problems.repeat.failed')}</Banner>}
        {done && (
          <BulkResult
            what="again"
            decided={done}
            now={now}
            onDismiss={() => {
              setDone(null);
            }}
          />
        )}
      </>
    ),
  };
}
