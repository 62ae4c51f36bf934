import { PassThrough } from 'node:stream';
import {
  createReadableStreamFromReadable,
  type EntryContext,
  type HandleErrorFunction,
} from '@remix-run/node';
import { isRouteErrorResponse, RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { setDocumentHeaders } from './document-headers.server.ts';
import { log } from './services.server.ts';
import { textsIn } from './ui/all-texts.server.ts';
import { languageOf } from './ui/languages.ts';

const giveUpAfter = 5000;

/** Renders a document in the language the admin asked for. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
): Promise<Response> {
  setDocumentHeaders(request, headers);
  headers.set('Content-Type', 'text/html; charset=utf-8');
  const texts = textsIn(languageOf(request));
  const ready = isbot(request.headers.get('user-agent') ?? '') ? 'onAllReady' : 'onShellReady';
  return new Promise((resolve, reject) => {
    let answer = status;
    const { pipe, abort } = renderToPipeableStream(
      <I18nextProvider i18n={texts}>
        <RemixServer context={remixContext} url={request.url} abortDelay={giveUpAfter} />
      </I18nextProvider>,
      {
        [ready]: () => {
          const body = new PassThrough();
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: answer }));
          pipe(body);
        },
        onShellError: reject,
        onError: (error) => {
          answer = 500;
          log.error({ err: error }, 'A page could not be rendered');
        },
      },
    );
    setTimeout(abort, giveUpAfter + 1000).unref();
  });
}

/** Logs what a loader or action threw, by path; the query may hold a session token and is left out. */
export const handleError: HandleErrorFunction = (error, { request }) => {
  // A path that no route has is the caller's mistake, and a request that was given up nobody's.
  if (request.signal.aborted || isRouteErrorResponse(error)) return;
  log.error({ err: error, path: new URL(request.url).pathname }, 'A request failed');
};
