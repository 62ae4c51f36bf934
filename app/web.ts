import { createRequestHandler } from '@remix-run/express';
import { installGlobals, type ServerBuild } from '@remix-run/node';
import compression from 'compression';
import express from 'express';
import path from 'node:path';
import { readEnvOrExit } from './lib/env.ts';
import { createLog } from './lib/log.ts';
import { mostSignedBytes } from './shopify/webhook.ts';

// Our own little server in place of remix-serve: that one logs whole addresses, and those of the embedded app hold
// session tokens (SEC-2).
const env = readEnvOrExit();
const log = createLog(env.LOG_LEVEL, 'web');
const root = path.resolve(import.meta.dirname, '..');

const built: unknown = await import(path.join(root, 'build', 'server', 'index.js'));
installGlobals({ nativeFetch: true });

const app = express();
app.disable('x-powered-by');
app.use(compression());
app.use(
  '/assets',
  express.static(path.join(root, 'build', 'client', 'assets'), { immutable: true, maxAge: '1y' }),
);
app.use(express.static(path.join(root, 'build', 'client'), { maxAge: '1h' }));
// Nobody is listened to for long who is not Shopify: the body is not read where it says itself that it is too large.
app.use(['/webhooks', '/flow'], (request, response, next) => {
  if (Number(request.headers['content-length'] ?? 0) > mostSignedBytes) response.status(413).end();
  else next();
});
const answer = createRequestHandler({ build: built as ServerBuild, mode: env.NODE_ENV });
app.all('*', (request, response, next) => {
  void answer(request, response, next);
});

const server = app.listen(env.PORT, env.HOST, () => {
  log.info({ port: env.PORT }, 'listening');
});

function end(): void {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
}
process.once('SIGTERM', end);
process.once('SIGINT', end);
