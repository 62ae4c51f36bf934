import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail as it came in. */
interface Received {
  readonly to: readonly string[];
  readonly raw: string;
  readonly mail: Email;
}

/** What the server does with mails: takes them, takes them without ever saying so, or says that it cannot now or ever. */
type Mode = 'take' | 'hold' | 'later' | 'never';

/** A pretend mail server on a port of its own. */
export interface MailServer {
  readonly url: string;
  readonly received: Received[];
  mode: Mode;
  close(): Promise<void>;
}

const refusals = { later: [451, 'Try again later'], never: [550, 'No such user'] } as const;

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Starts a server that takes every mail and keeps it. */
export async function startMailServer(): Promise<MailServer> {
  const received: Received[] = [];
  const own: { mode: Mode } = { mode: 'take' };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, answer) {
      void textOf(stream).then(async (raw) => {
        const { mode } = own;
        if (mode === 'later' || mode === 'never') {
          const [responseCode, said] = refusals[mode];
          answer(Object.assign(new Error(said), { responseCode }));
          return;
        }
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, raw, mail: await PostalMime.parse(raw) });
        if (mode === 'take') answer();
      });
    },
  });
  // A client that was killed breaks its connection.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(own, {
    url: `smtp://127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(resolve);
      }),
  });
}
