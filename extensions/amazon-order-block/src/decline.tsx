import type { DecisionView } from '../../shared/contract.ts';

interface Props {
  readonly decision: Extract<DecisionView, { kind: 'decision' }>;
  readonly busy: boolean;
  readonly onKeep: () => void;
  readonly onConfirm: () => void;
}

/** What declining does, before it is done (CAN-17). */
export function Decline({ decision: { effects, confirm, keep }, busy, onKeep, onConfirm }: Props) {
  return (
    <s-box padding="base" border="base" borderRadius="base">
      <s-stack direction="block" gap="small">
        <s-unordered-list>
          {effects.map((effect) => (
            <s-list-item key={effect}>{effect}</s-list-item>
          ))}
        </s-unordered-list>
        <s-stack direction="inline" gap="small">
          <s-button disabled={busy} onClick={onKeep}>
            {keep}
          </s-button>
          <s-button variant="primary" disabled={busy} onClick={onConfirm}>
            {confirm}
          </s-button>
        </s-stack>
      </s-stack>
    </s-box>
  );
}
