import type { Decision, Fields } from './use-decision.ts';

interface Props {
  readonly decision: Decision;
  readonly fields: Fields;
  /** It is being taken: nothing may be changed. */
  readonly disabled: boolean;
  /** What is on the button that lets it be looked at anew. */
  readonly again: string;
  readonly onChange: (some: Partial<Fields>) => void;
}

/** Everything that the decision will do, and its fields, as the app says them. */
export function DecisionForm({ decision, fields, disabled, again, onChange }: Props) {
  const { error, effects, amount, reason, free, restock } = decision;
  const at = (field: 'amount' | 'reason' | 'free') => (error?.field === field ? { error: error.text } : {});
  return (
    <s-stack direction="block" gap="base">
      {error?.field === null && (
        <s-banner tone="critical">
          <s-text>{error.text}</s-text>
          <s-button
            onClick={() => {
              onChange({});
            }}
          >
            {again}
          </s-button>
        </s-banner>
      )}
      {effects.length > 0 && (
        <s-unordered-list>
          {effects.map((effect) => (
            <s-list-item key={effect}>{effect}</s-list-item>
          ))}
        </s-unordered-list>
      )}
      {amount && (
        // No money field: that one writes in the shop's currency, and orders come in others.
        <s-text-field
          label={amount.label}
          suffix={amount.currency}
          details={amount.help}
          value={fields.amount ?? amount.value}
          disabled={disabled}
          {...at('amount')}
          onChange={({ currentTarget }) => {
            onChange({ amount: currentTarget.value });
          }}
        />
      )}
      {reason && (
        <s-select
          label={reason.label}
          value={reason.value}
          disabled={disabled}
          {...at('reason')}
          onChange={({ currentTarget }) => {
            onChange({ reason: currentTarget.value === '' ? null : currentTarget.value });
          }}
        >
          {reason.choices.map(({ value, label }) => (
            <s-option key={value} value={value}>
              {label}
            </s-option>
          ))}
        </s-select>
      )}
      {free && (
        <s-checkbox
          label={free.label}
          checked={free.value}
          disabled={disabled}
          {...at('free')}
          onChange={({ currentTarget }) => {
            onChange({ free: currentTarget.checked });
          }}
        />
      )}
      {restock && (
        <s-checkbox
          label={restock.label}
          checked={restock.value}
          disabled={disabled}
          onChange={({ currentTarget }) => {
            onChange({ restock: currentTarget.checked });
          }}
        />
      )}
    </s-stack>
  );
}
