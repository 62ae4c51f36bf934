import { useState, type ReactNode } from 'react';
import { repeatOf } from '../domain/problem-choices.ts';
import { BulkResult } from './bulk-result.tsx';
import type { Sorted } from './bulk.ts';
import type { ProblemGroup } from './group-problems.ts';
import { RepeatDialog } from './repeat-dialog.tsx';
import { useSoon } from './use-soon.ts';

/** Trying many problems of a kind again: the dialog, and after it what became of them. They stand on the page: what is solved leaves its list. */
export function useRepeat(now: number): {
  readonly start: (group: ProblemGroup) => void;
  readonly result: ReactNode;
  readonly dialog: ReactNode;
} {
  const [asked, setAsked] = useState<ProblemGroup | null>(null);
  const [done, setDone] = useState<Sorted | null>(null);
  const lookSoon = useSoon();
  const choice = asked ? repeatOf(asked.kind) : null;
  return {
    start: (group) => {
      setDone(null);
      setAsked(group);
    },
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
    result: done && (
      <BulkResult
        what="again"
        decided={done}
        now={now}
        onDismiss={() => {
          setDone(null);
        }}
      />
    ),
  };
}
