import { Modal, TitleBar } from '@shopify/app-bridge-react';
import { Button, InlineStack } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useMayChange } from './use-may-change.ts';

/** A dialog that takes one decision; closing it decides nothing. */
export function DecisionDialog({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: (decided: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <Modal
      open
      onHide={() => {
        onClose(false);
      }}
    >
      <TitleBar title={title} />
      {children}
    </Modal>
  );
}

interface Buttons {
  /** What leaving it as it is, and what deciding is called. */
  readonly keep: string;
  readonly confirm: string;
  readonly ready: boolean;
  readonly busy: boolean;
  /** It takes something away for good. */
  readonly critical?: true;
  readonly onClose: (decided: boolean) => void;
  readonly onConfirm: () => void;
}

/** The two ways out of a dialog, at its end. */
export function DecisionButtons({ keep, confirm, ready, busy, critical, onClose, onConfirm }: Buttons) {
  const mayChange = useMayChange();
  return (
    <InlineStack align="end" gap="200">
      <Button
        onClick={() => {
          onClose(false);
        }}
      >
        {keep}
      </Button>
      <Button
        variant="primary"
        {...(critical ? { tone: 'critical' as const } : {})}
        disabled={!ready || !mayChange}
        loading={busy}
        onClick={onConfirm}
      >
        {confirm}
      </Button>
    </InlineStack>
  );
}
