import { useCallback, useState } from 'react';

/** Copies by way of a field's selection, as browsers do that keep the clipboard from framed pages. */
function copyFrom(field: HTMLTextAreaElement | null): boolean {
  if (!field) return false;
  field.focus();
  field.select();
  // The only way left where the clipboard is not given; a browser without it answers false.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return document.execCommand('copy');
}

/**
 * Copies the text of the field with this id. `failed`: the browser did not let it, but the text is selected, so that a person
 * can copy it with the keyboard.
 */
export function useCopy(fieldId: string): {
  readonly state: 'idle' | 'copied' | 'failed';
  readonly copy: (text: string) => void;
} {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = useCallback(
    (text: string) => {
      const byField = () => {
        const field = document.getElementById(fieldId);
        setState(copyFrom(field instanceof HTMLTextAreaElement ? field : null) ? 'copied' : 'failed');
      };
      navigator.clipboard.writeText(text).then(() => {
        setState('copied');
      }, byField);
    },
    [fieldId],
  );
  return { state, copy };
}
