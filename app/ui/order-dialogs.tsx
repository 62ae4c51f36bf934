import { useLocation } from '@remix-run/react';
import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import { CancelDialog } from './cancel-dialog.tsx';
import { DeclineDialog } from './decline-dialog.tsx';
import type { OrderView } from './order-view.ts';
import { RefundDialog } from './refund-dialog.tsx';
import { UnmarkDialog } from './unmark-dialog.tsx';
import { useSoon } from './use-soon.ts';
import { WriteDialog } from './write-dialog.tsx';

interface Wanted {
  readonly opens: 'approve' | 'write_buyer' | 'cancel' | 'decline' | 'refund' | 'withdraw_hold';
  readonly order: OrderView;
  readonly reasons: readonly string[];
  readonly now: number;
}

function Dialog({
  opens,
  order,
  reasons,
  now,
  onClose,
}: Wanted & { readonly onClose: (decided: boolean) => void }) {
  const about = { order, now, onClose };
  switch (opens) {
    case 'approve':
    case 'cancel':
      return <CancelDialog {...about} reasons={reasons} />;
    case 'decline':
      return <DeclineDialog {...about} />;
    case 'refund':
      return <RefundDialog {...about} />;
    case 'withdraw_hold':
      return <UnmarkDialog {...about} />;
    case 'write_buyer':
      return (
        <WriteDialog
          order={order}
          kinds={order.state === 'informal_waiting' ? ['instruction', 'critical'] : ['tooLate']}
          now={now}
          onClose={() => {
            onClose(false);
          }}
        />
      );
  }
}

const Context = createContext<(wanted: Wanted) => void>(() => {
  throw new Error('Dialogs of orders are opened within OrderDialogs.');
});

/** Opens a dialog about an order. */
export const useOrderDialog = (): ((wanted: Wanted) => void) => useContext(Context);

/**
 * Where dialogs about orders stand: beside the page and not in its rows. A row may leave its list, or be drawn anew for a
 * narrower screen, while somebody decides.
 */
export function OrderDialogs({ children }: { readonly children: ReactNode }) {
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const lookSoon = useSoon();
  const close = useCallback(
    (decided: boolean) => {
      setWanted(null);
      if (decided) lookSoon();
    },
    [lookSoon],
  );
  const { pathname } = useLocation();
  useEffect(() => {
    setWanted(null);
  }, [pathname]);
  return (
    <Context.Provider value={setWanted}>
      {children}
      {wanted && <Dialog {...wanted} onClose={close} />}
    </Context.Provider>
  );
}
