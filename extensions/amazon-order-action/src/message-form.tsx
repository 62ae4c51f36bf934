import type { ActionView } from '../../shared/contract.ts';

type Message = NonNullable<Extract<ActionView, { kind: 'order' }>['message']>;

/** What a person read in a buyer's message. */
export interface MessageFields {
  readonly some: boolean;
  readonly lines: readonly string[];
  readonly why: string;
  readonly hold: boolean;
}
export const emptyMessage: MessageFields = { some: false, lines: [], why: 'changed_mind', hold: true };

interface Props {
  readonly message: Message;
  readonly fields: MessageFields;
  readonly onChange: (some: Partial<MessageFields>) => void;
}

/** What the buyer wants by a message, why, and whether the order is held meanwhile (REQ-10). */
export function MessageForm({ message: { what, lines, why, hold, counts }, fields, onChange }: Props) {
  return (
    <s-stack direction="block" gap="base">
      <s-choice-list
        label={what.label}
        values={[fields.some ? 'some' : 'all']}
        onChange={({ currentTarget }) => {
          onChange({ some: currentTarget.values[0] === 'some' });
        }}
      >
        {what.choices.map(({ value, label }) => (
          <s-choice key={value} value={value}>
            {label}
          </s-choice>
        ))}
      </s-choice-list>
      {fields.some && (
        <s-choice-list
          label={lines.label}
          multiple
          values={[...fields.lines]}
          onChange={({ currentTarget }) => {
            onChange({ lines: currentTarget.values });
          }}
        >
          {lines.choices.map(({ value, label }) => (
            <s-choice key={value} value={value}>
              {label}
            </s-choice>
          ))}
        </s-choice-list>
      )}
      <s-choice-list
        label={why.label}
        values={[fields.why]}
        onChange={({ currentTarget }) => {
          onChange({ why: currentTarget.values[0] ?? fields.why });
        }}
      >
        {why.choices.map(({ value, label }) => (
          <s-choice key={value} value={value}>
            {label}
          </s-choice>
        ))}
      </s-choice-list>
      {fields.why !== 'out_of_stock' && (
        <s-checkbox
          label={hold}
          checked={fields.hold}
          onChange={({ currentTarget }) => {
            onChange({ hold: currentTarget.checked });
          }}
        />
      )}
      {counts !== null && <s-banner tone="warning">{counts}</s-banner>}
    </s-stack>
  );
}

/** Texts to be sent to the buyer in Seller Central. */
export function MessageTexts({ message: { texts, messages } }: { readonly message: Message }) {
  return (
    <s-stack direction="block" gap="base">
      {texts.map(({ label, text }) => (
        <s-text-area key={label} label={label} value={text} rows={5} readOnly />
      ))}
      {messages && (
        <s-link href={messages.url} target="_blank">
          {messages.label}
        </s-link>
      )}
    </s-stack>
  );
}
