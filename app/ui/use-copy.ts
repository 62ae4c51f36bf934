import { useCallback, useState } from 'react';

/** Copies by way of a field's selection, as browsers do that keep the clipboard from framed pages. */
function copyFrom(id: string): boolean {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return false;
  field.focus();
  field.select();
  // The only way left where the clipboard is not given; a browser without it answers false.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return document.execCommand('copy');
}

/**
 * Copies the text of the field with this id, and says so by `onCopied`. `failed`: the browser did not let it, but the text is
 * selected, so that a person can copy it with the keyboard.
 */
export function useCopy(
  fieldId: string,
  onCopied: () => void,
): { readonly failed: boolean; readonly copy: (text: string) => void } {
  const [failed, setFailed] = useState(false);
  const copy = useCallback(
    (text: string) => {
      const said = (done: boolean) => {
        setFailed(!done);
        if (done) onCopied();
      };
      navigator.clipboard.writeText(text).then(
        () => {
          said(true);
        },
        () => {
          said(copyFrom(fieldId));
        },
      );
    },
    [fieldId, onCopied],
  );
  return { failed, copy };
}
