import { env } from './services.server.ts';
import { addDocumentResponseHeaders } from './shopify.server.ts';

const standIn = env.APP_BRIDGE_URL ? new URL(env.APP_BRIDGE_URL).origin : null;

/**
 * In a sandbox lets the pretend admin frame what carries these headers, and takes out the preload of Shopify's script.
 * Elsewhere it changes nothing.
 */
export function widenForSandbox(headers: Headers): void {
  if (!standIn) return;
  const policy = headers.get('Content-Security-Policy');
  if (policy) {
    headers.set('Content-Security-Policy', policy.replace('frame-ancestors', `frame-ancestors ${standIn}`));
  }
  headers.delete('Link');
}

/** Sets who may frame a document: the shop's own admin, or any page of Shopify's admin where no shop is named. */
export function setDocumentHeaders(request: Request, headers: Headers): void {
  addDocumentResponseHeaders(request, headers);
  if (!headers.has('Content-Security-Policy')) {
    headers.set('Content-Security-Policy', 'frame-ancestors https://admin.shopify.com;');
  }
  headers.set('X-Content-Type-Options', 'nosniff');
  // Addresses of the embedded app hold session tokens, and those on the way through Amazon's pages what serves once.
  headers.set('Referrer-Policy', 'no-referrer');
  widenForSandbox(headers);
}
