import { z } from 'zod';
import { html, type Html } from './html.ts';

const shape = z.object({
  lines: z.array(z.object({ sku: z.string().nullable(), quantity: z.number() })),
  reason: z.string(),
  requestedAt: z.string(),
  sources: z.array(z.string()),
  state: z.string(),
});

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

/** The app's metafield about a buyer's wish to cancel, as its block on the order page will show it. */
export function requestMark(
  metafields: readonly { readonly key: string; readonly value: string }[],
): Html | null {
  const field = metafields.find(({ key }) => key === 'cancel_request');
  const mark = field && shape.safeParse(parsed(field.value));
  if (!mark?.success) return null;
  const { lines, reason, requestedAt, sources, state } = mark.data;
  return html`<div class="message" id="request-mark">
    <b>The Amazon buyer asks to cancel</b> <span class="badge warn">${state.replaceAll('_', ' ')}</span>
    <p dir="auto">“${reason}”</p>
    <small
      >${lines.map(({ sku, quantity }) => `${quantity} × ${sku ?? 'no SKU'}`).join(', ')} · ${requestedAt} ·
      seen by ${sources.join(', ')}</small
    >
  </div>`;
}
