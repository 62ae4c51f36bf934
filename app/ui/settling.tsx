import { useCallback, useState } from 'react';
import { CancelDialog } from './cancel-dialog.tsx';
import { DeclineDialog } from './decline-dialog.tsx';
import type { ProblemView } from './group-problems.ts';
import { SettleDialog, type OtherDialog } from './settle-dialog.tsx';
import { useSoon } from './use-soon.ts';

interface Props {
  readonly problem: ProblemView;
  readonly now: number;
  readonly onClose: () => void;
}

/**
 * A problem being settled, in one dialog at a time. It stands on the page and not in the list: what is settled leaves the
 * list while its undo time is still shown.
 */
export function Settling({ problem, now, onClose }: Props) {
  const [other, setOther] = useState<OtherDialog | null>(null);
  const lookSoon = useSoon();
  const close = useCallback(
    (decided: boolean) => {
      onClose();
      if (decided) lookSoon();
    },
    [lookSoon, onClose],
  );
  if (!other) return <SettleDialog problem={problem} now={now} onClose={close} onOpen={setOther} />;
  const { opens, form } = other;
  const order = { amazonOrderId: problem.amazonOrderId, shopifyTotal: form.total };
  return opens === 'cancel' ? (
    <CancelDialog order={order} reasons={form.reasons} now={now} onClose={close} />
  ) : (
    <DeclineDialog order={order} now={now} onClose={close} />
  );
}
