import { asClock } from '../../shared/clock.ts';
import type { BlockView } from '../../shared/contract.ts';

type Shown = Extract<BlockView, { kind: 'order' }>;

interface Props {
  readonly view: Shown;
  /** What is left of the state's clock (ms); null: none runs. */
  readonly left: number | null;
  readonly busy: boolean;
  readonly onPress: (does: Shown['buttons'][number]['does']) => void;
}

/** All that the app says of an order, as it says it. */
export function Contents({ view, left, busy, onPress }: Props) {
  const { id, url, market, badge, sentence, asked, clocks, sides, last, notes, buttons, more } = view;
  const said = (text: string) => (left === null ? text : text.replace('{clock}', asClock(left)));
  return (
    <>
      <s-stack direction="inline" gap="small" alignItems="center">
        {url === null ? (
          <s-text>{id}</s-text>
        ) : (
          <s-link href={url} target="_blank">
            {id}
          </s-link>
        )}
        <s-text color="subdued">{market}</s-text>
        <s-badge tone={badge.tone}>{said(badge.text)}</s-badge>
      </s-stack>
      <s-text>{said(sentence)}</s-text>
      {asked && (
        <s-stack direction="block" gap="none">
          <s-text dir="auto">{asked.reason}</s-text>
          {asked.lines.map((line) => (
            <s-text key={line} color="subdued">
              {line}
            </s-text>
          ))}
        </s-stack>
      )}
      {clocks.map(({ text, tone }) => (
        <s-text key={text} tone={tone}>
          {text}
        </s-text>
      ))}
      <s-text color="subdued">{sides}</s-text>
      {last !== null && <s-text color="subdued">{last}</s-text>}
      {notes.map((note) => (
        <s-banner key={note} tone="info">
          {note}
        </s-banner>
      ))}
      <s-stack direction="inline" gap="small" alignItems="center">
        {buttons.map(({ does, label, name, primary }) => (
          <s-button
            key={does}
            variant={primary ? 'primary' : 'secondary'}
            disabled={busy}
            accessibilityLabel={name}
            onClick={() => {
              onPress(does);
            }}
          >
            {label}
          </s-button>
        ))}
        <s-link href={more.url} target="_top">
          {more.label}
        </s-link>
      </s-stack>
    </>
  );
}
