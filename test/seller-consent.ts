import { expect } from 'vitest';
import { askRoute } from './browser/admin-page.ts';

interface Place {
  readonly admin: string;
  readonly app: string;
  readonly amazon: string;
  readonly shop: string;
}

/** What the app answered to a wish to connect. */
export interface Answered {
  readonly url?: string;
  readonly ok?: boolean;
  readonly refusal?: string;
  readonly connected?: {
    readonly sellerId: string;
    readonly name: string | null;
    readonly marketplaces: number;
  };
}

export const us = 'ATVPDKIKX0DER';

/** The way through Amazon's pages as a browser goes it, step by step; `place.shop` is where the app is open. */
export function consentOf(place: Place) {
  const ask = async (body: object, token?: string): Promise<Answered> => {
    const answer = await askRoute(place, 'app.connect', '/app/connect', {
      body: JSON.stringify(body),
      token,
    });
    expect(answer.status).toBe(200);
    return (await answer.json()) as Answered;
  };
  const go = (url: string, form?: Readonly<Record<string, string>>) =>
    fetch(url, {
      redirect: 'manual',
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
  const next = (answer: Response): string => answer.headers.get('location') ?? '';
  return {
    ask,
    go,
    next,
    /** Sets out, and answers the address of Amazon's page. */
    begin: async (more: object = {}): Promise<string> =>
      (await ask({ intent: 'begin', at: us, seller: null, ...more })).url ?? '',
    /** The seller says yes; answers where Amazon leads the browser. */
    allow: async (page: string, seller: string): Promise<string> => next(await go(page, { seller })),
    /** The browser comes back; answers the ticket (or why there is none) that it takes into Shopify. */
    back: async (callback: string): Promise<URLSearchParams> => {
      const answer = await go(callback);
      expect([answer.status, answer.headers.get('referrer-policy')]).toEqual([302, 'no-referrer']);
      expect(next(answer)).toContain(`/store/${place.shop.replace('.myshopify.com', '')}/apps/`);
      return new URL(next(answer)).searchParams;
    },
    finish: (ticket: string | null, token?: string) => ask({ intent: 'finish', ticket }, token),
  };
}
