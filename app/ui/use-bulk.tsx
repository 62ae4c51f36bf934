import { useState, type ReactNode } from 'react';
import { BulkDialog } from './bulk-dialog.tsx';
import { BulkResult } from './bulk-result.tsx';
import type { Bulk, Sorted } from './bulk.ts';
import { useSoon } from './use-soon.ts';

/**
 * Decisions on many orders: the dialog, and after it what became of them. They stand on the page and not in the list: what is
 * decided may leave the list.
 */
export function useBulk(now: number): {
  readonly start: (what: Bulk, orders: readonly string[]) => void;
  readonly result: ReactNode;
  readonly dialog: ReactNode;
} {
  const [asked, setAsked] = useState<{ what: Bulk; orders: readonly string[] } | null>(null);
  const [decided, setDecided] = useState<{ what: Bulk; all: Sorted } | null>(null);
  const lookSoon = useSoon();
  return {
    start: (what, orders) => {
      setDecided(null);
      setAsked({ what, orders });
    },
    dialog: asked && (
      <BulkDialog
        {...asked}
        now={now}
        onClose={(all) => {
          setAsked(null);
          if (!all) return;
          setDecided({ what: asked.what, all });
          lookSoon();
        }}
      />
    ),
    result: decided && (
      <BulkResult
        what={decided.what}
        decided={decided.all}
        now={now}
        onDismiss={() => {
          setDecided(null);
        }}
      />
    ),
  };
}
