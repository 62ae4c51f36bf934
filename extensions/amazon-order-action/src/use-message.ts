import { useState } from 'preact/hooks';
import { ask } from '../../shared/ask.ts';
import { decisionView, paths, type Question, type Wish } from '../../shared/contract.ts';
import { emptyMessage, type MessageFields } from './message-form.tsx';

/** What a person records of a buyer's message, or wants looked at again: `said` is the app's answer, `lost` that none came. */
export function useMessage({ order, locale }: Question) {
  const [fields, setFields] = useState(emptyMessage);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ readonly text: string; readonly ok: boolean } | 'lost' | null>(null);
  const send = async (wish: Wish): Promise<boolean> => {
    setBusy(true);
    setSaid(null);
    const answer = await ask(decisionView, paths.decide, { order, locale }, wish);
    setBusy(false);
    const decided = answer?.kind === 'decision' ? answer : null;
    const text = decided?.done ?? decided?.error?.text;
    setSaid(text === undefined ? 'lost' : { text, ok: decided?.done != null });
    return decided?.done != null;
  };
  return {
    fields,
    busy,
    said,
    change: (some: Partial<MessageFields>) => {
      setFields((before) => ({ ...before, ...some }));
    },
    record: () => {
      const { some, lines, why, hold } = fields;
      return send({ intent: 'informal', lines: some ? lines : null, why, hold });
    },
    lookAgain: () => send({ intent: 'look_again' }),
  };
}
