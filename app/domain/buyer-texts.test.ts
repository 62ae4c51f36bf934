import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  buyerLanguages,
  buyerText,
  buyerTextKinds,
  languageOfMarketplace,
  messagesUrl,
  type Addressed,
} from './buyer-texts.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const hour = 3_600_000;
const order: Addressed = {
  id: '111-2222222-3333333',
  marketplaceId: 'ATVPDKIKX0DER',
  shipBy: now + 72 * hour,
};
const say = (kind: (typeof buyerTextKinds)[number], code: string, changes: Partial<Addressed> = {}) =>
  buyerText(kind, code, { ...order, ...changes }, now).text;

describe('REQ-10: what a seller may write to a buyer', () => {
  it('says how to ask in the account, and that it is confirmed at once', () => {
    expect(say('instruction', 'en')).toBe(
      'You can cancel in your Amazon account: Your Account > Your Orders > Request cancellation. We will then confirm it at once.',
    );
  });

  it('promises nothing on the last day before its ship-by', () => {
    const last = say('instruction', 'en', { shipBy: now + 23 * hour });
    expect(last).toMatch(/Request cancellation\.$/);
    expect(say('instruction', 'en', { shipBy: now + 25 * hour })).toMatch(/at once\.$/);
  });

  it('names the order and the day in the marketplace’s own days', () => {
    expect(say('critical', 'en', { shipBy: Date.parse('2026-11-26T07:59:59Z') })).toBe(
      'We received your message about cancelling order 111-2222222-3333333. We can only cancel after you choose Request cancellation under Your Orders. Otherwise we ship on November 25, 2026.',
    );
    const tokyo = { marketplaceId: 'A1VC38T7YXB528', shipBy: Date.parse('2026-11-25T14:59:59Z') };
    expect(say('critical', 'ja', tokyo)).toContain('2026年11月25日');
    expect(say('critical', 'en', { shipBy: null })).toMatch(/Otherwise we ship the order\.$/);
    expect(say('critical', 'en', { shipBy: now - hour })).toMatch(/Otherwise we ship the order\.$/);
  });

  it.each(buyerLanguages.flatMap(({ code }) => buyerTextKinds.map((kind) => [code, kind] as const)))(
    'is whole and fits into a message of Amazon’s in %s: %s',
    (code, kind) => {
      const text = say(kind, code);
      expect(text).not.toMatch(/[{}]|undefined/);
      expect(text.length).toBeGreaterThan(20);
      expect(text.length).toBeLessThan(2_000);
      if (kind === 'critical') expect(text).toContain(order.id);
    },
  );

  it('marks what is our own translation', () => {
    expect(buyerText('instruction', 'ro', order, now).ours).toEqual([
      'Contul tău',
      'Comenzile tale',
      'Solicită anularea',
    ]);
    expect(buyerText('tooLate', 'ro', order, now).ours).toEqual(['Comenzile tale']);
    expect(buyerText('instruction', 'de', order, now).ours).toEqual([]);
  });

  it('takes the first language of a marketplace in which there are texts', () => {
    expect(languageOfMarketplace('A1PA6795UKMFR9')).toBe('de');
    expect(languageOfMarketplace('A17E79C6D8DWNP')).toBe('en');
    expect(languageOfMarketplace(null)).toBe('en');
  });

  it('leads to the messages about the order', () => {
    expect(messagesUrl(order)).toBe(
      'https://sellercentral.amazon.com/messaging/inbox?fi=search&ss=111-2222222-3333333',
    );
    expect(messagesUrl({ ...order, marketplaceId: 'X' })).toBeNull();
  });
});

const wording = '../shared/data/wording.json';
const known = z.object({
  languages: z.record(
    z.string(),
    z.object({
      buyer: z.record(
        z.string(),
        z.object({ text: z.string(), source: z.string(), variants: z.array(z.string()).default([]) }),
      ),
    }),
  ),
});
/** Sources in which Amazon, or whoever knew its pages, speaks. */
const read = /^(sellercentral|seeds\/)/;
const names = { account: 'yourAccount', orders: 'yourOrders', request: 'requestCancellation' } as const;

it.skipIf(!existsSync(wording))('REQ-10: names of Amazon’s pages are those that were gathered', () => {
  const { languages } = known.parse(JSON.parse(readFileSync(wording, 'utf8')));
  expect(buyerLanguages.map(({ code }) => code).sort()).toEqual(Object.keys(languages).sort());
  for (const { code, terms } of buyerLanguages)
    for (const [name, gathered] of Object.entries(names)) {
      const found = languages[code]?.buyer[gathered];
      const term = terms[name as keyof typeof names];
      const all = [found?.text, ...(found?.variants ?? [])].map((text) => text?.toLowerCase());
      expect(all, `${code} ${name}`).toContain(term.text.toLowerCase());
      expect(term.ours, `${code} ${name}`).toBe(!read.test(found?.source ?? ''));
    }
});

const design = '../shared/design/pages.md';

it.skipIf(!existsSync(design))('REQ-10: the instruction is the one of the page design', () => {
  const text = readFileSync(design, 'utf8');
  const from = text.indexOf('**Instruction to the buyer**');
  const rows = text.slice(from, text.indexOf('"Confirm at once"', from)).split('\n');
  const designed = rows.flatMap((row) => {
    const [, code, words] = row.split('|').map((cell) => cell.trim().replace(/ ?[ˢᴬ]\*?/g, ''));
    return code && words && code !== 'lang' && !code.startsWith('-') ? [[code, words] as const] : [];
  });
  expect(designed).toHaveLength(8);
  for (const [code, words] of designed) expect(say('instruction', code), code).toBe(words);
});
