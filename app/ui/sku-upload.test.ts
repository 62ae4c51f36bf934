import { describe, expect, it } from 'vitest';
import { shopifyVariantId } from '../domain/ids.ts';
import { checkLines, linkLines, takeFile, type Asks, type Upload } from './sku-upload.ts';

const row = (n: number, variant = `v${n}`) => ({ line: n, sku: `S${n}`, variant, wrong: null });
const many = (count: number) => Array.from({ length: count }, (_, n) => row(n));

/** The app's answers, with what it was asked and told. */
function app(answers: Partial<Asks> = {}) {
  const seen: Upload[] = [];
  const checked: number[] = [];
  const linked: string[][] = [];
  const asks: Asks = {
    read: () => Promise.resolve({ ok: true, rows: [] }),
    check: (rows) => {
      checked.push(rows.length);
      const found = rows.map(({ variant }) => ({
        outcome: 'link' as const,
        variantId: shopifyVariantId(variant),
        title: 'Mug',
      }));
      return Promise.resolve({ ok: true, rows: found });
    },
    link: (links) => {
      linked.push(links.map(({ sku, variant }) => `${sku}=${variant}`));
      return Promise.resolve({ ok: true, changed: links.length });
    },
    wait: () => Promise.resolve(),
    ...answers,
  };
  const told = (upload: Upload) => seen.push(upload) > 0;
  return { asks, seen, checked, linked, told, last: () => seen.at(-1) ?? expect.fail() };
}

const file = new Blob();
const outcomesOf = (upload: Upload) => upload.lines.map(({ outcome }) => outcome);

describe('IMP-7: taking in a file of the SKU map', () => {
  it('asks about the lines that say something, a hundred at a time, and writes nothing before it is told to', async () => {
    const rows = [...many(250), row(250, ''), { ...row(251), wrong: 'twice' as const }];
    const world = app({ read: () => Promise.resolve({ ok: true, rows }) });
    await takeFile(world.asks, file, world.told);
    expect(world.checked).toEqual([100, 100, 50]);
    expect(world.last()).toMatchObject({ step: 'preview', stopped: null });
    expect(outcomesOf(world.last()).slice(248)).toEqual(['link', 'link', 'unchanged', 'malformed']);
    expect(world.linked).toEqual([]);
    await linkLines(world.asks, world.last().lines, false, world.told);
    expect(world.linked.map((links) => links.length)).toEqual([200, 50]);
    expect(world.linked[0]?.[7]).toBe('S7=v7');
    expect(world.last().step).toBe('done');
    expect(outcomesOf(world.last()).filter((one) => one === 'linked')).toHaveLength(250);
  });

  it('SKUs that no order had are written only where that is wanted', async () => {
    const known = ['link', 'unknown_sku', 'unknown_variant', 'ambiguous', 'unchanged'] as const;
    const world = app({
      read: () => Promise.resolve({ ok: true, rows: many(5) }),
      check: () =>
        Promise.resolve({
          ok: true,
          rows: known.map((outcome) => ({ outcome, variantId: null, title: null })),
        }),
    });
    await takeFile(world.asks, file, world.told);
    const { lines } = world.last();
    await linkLines(world.asks, lines, false, world.told);
    expect(world.linked.flat()).toEqual(['S0=']);
    await linkLines(world.asks, lines, true, world.told);
    expect(world.linked.flat()).toEqual(['S0=', 'S0=', 'S1=']);
  });

  it('where Shopify is busy it waits; where it stays away it stops with the sentence, and goes on from there', async () => {
    let calls = 0;
    const world = app({ read: () => Promise.resolve({ ok: true, rows: many(150) }) });
    const busy: Asks['check'] = (rows) => {
      calls += 1;
      const fails = calls === 1 || (calls >= 3 && calls <= 7);
      return fails ? Promise.resolve({ ok: false, sentence: 'Busy.' }) : world.asks.check(rows);
    };
    await takeFile({ ...world.asks, check: busy }, file, world.told);
    expect(world.last()).toMatchObject({ step: 'checking', stopped: 'Busy.' });
    expect(outcomesOf(world.last()).filter((one) => one === 'waiting')).toHaveLength(50);
    await checkLines({ ...world.asks, check: busy }, world.last().lines, world.told);
    expect(world.last()).toMatchObject({ step: 'preview', stopped: null });
    expect(world.checked).toEqual([100, 50]);
  });

  it('what was written until an answer stays away counts as linked, and no more; going on ends it', async () => {
    const world = app({ read: () => Promise.resolve({ ok: true, rows: many(300) }) });
    await takeFile(world.asks, file, world.told);
    let silent = false;
    const link: Asks['link'] = (links) => {
      const answer = silent ? Promise.resolve(null) : world.asks.link(links);
      silent = true;
      return answer;
    };
    await linkLines({ ...world.asks, link }, world.last().lines, false, world.told);
    expect(world.last()).toMatchObject({ step: 'linking', stopped: '' });
    expect(outcomesOf(world.last()).filter((one) => one === 'linked')).toHaveLength(200);
    await linkLines(world.asks, world.last().lines, false, world.told);
    expect(outcomesOf(world.last()).every((one) => one === 'linked')).toBe(true);
  });

  it('a page that is left goes no further', async () => {
    const world = app({ read: () => Promise.resolve({ ok: true, rows: many(150) }) });
    await takeFile(world.asks, file, () => false);
    expect([world.checked, world.seen]).toEqual([[], []]);
  });

  it.each([
    [{ ok: false, wrong: 'excel' } as const, 'excel'],
    [null, 'unread'],
  ])('a file that is not taken says why: %j', async (read, wrong) => {
    const world = app({ read: () => Promise.resolve(read) });
    await takeFile(world.asks, file, world.told);
    expect(world.last()).toMatchObject({ step: 'choose', wrong, lines: [] });
  });
});
