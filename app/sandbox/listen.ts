import { createServer, type RequestListener, type Server } from 'node:http';

/** A server on 127.0.0.1. */
export interface Listening {
  readonly origin: string;
  /** Requests it is answering now. */
  underWay(): number;
  close(): Promise<void>;
}

/** Listens on the port of 127.0.0.1. Rejects with one sentence where the port is taken. */
export async function listen(port: number, handler: RequestListener): Promise<Listening> {
  let answering = 0;
  const server: Server = createServer((request, response) => {
    answering += 1;
    response.once('close', () => {
      answering -= 1;
    });
    handler(request, response);
  });
  // The app keeps connections for long; closing them from here would look like lost answers.
  server.keepAliveTimeout = 600_000;
  server.requestTimeout = 0;
  await new Promise<void>((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      failed(taken ? new Error(`The port ${port} is in use; choose another with --port.`) : error);
    });
    server.listen(port, '127.0.0.1', listening);
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    underWay: () => answering,
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
}
