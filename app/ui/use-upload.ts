import { useCallback, useEffect, useRef, useState } from 'react';
import type { UploadAnswer } from '../routes/app.reports.files.upload.ts';
import { useSoon } from './use-soon.ts';

/** An upload: none, one under way, or why the last one did not come about. */
export type UploadState =
  | { readonly is: 'idle' }
  | { readonly is: 'sending'; readonly name: string }
  | { readonly is: 'failed'; readonly why: string };

/** Sends files one after the other, and stops when it is told to; what was read by then stays read. */
export function useUpload() {
  const [state, setState] = useState<UploadState>({ is: 'idle' });
  const current = useRef<AbortController | null>(null);
  const lookSoon = useSoon();
  useEffect(() => () => current.current?.abort(), []);
  const send = useCallback(
    async (file: File, seller: string) => {
      const stop = new AbortController();
      current.current = stop;
      setState({ is: 'sending', name: file.name });
      lookSoon();
      const to = new URLSearchParams({ name: file.name, seller, _data: 'routes/app.reports.files.upload' });
      try {
        const answered = await fetch(`/app/reports/files/upload?${to.toString()}`, {
          method: 'POST',
          headers: { 'content-type': 'application/octet-stream' },
          body: file,
          signal: stop.signal,
        });
        const answer = answered.ok ? ((await answered.json()) as UploadAnswer) : null;
        setState(answer?.ok === true ? { is: 'idle' } : { is: 'failed', why: answer?.why ?? 'no_answer' });
      } catch {
        setState(stop.signal.aborted ? { is: 'idle' } : { is: 'failed', why: 'no_answer' });
      }
      lookSoon();
    },
    [lookSoon],
  );
  const stop = useCallback(() => {
    current.current?.abort();
  }, []);
  return { state, send, stop };
}
