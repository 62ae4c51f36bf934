import { lines, marketplaces } from '../story/catalogue.ts';
import { type LineSpec, makeOrder, type Marketplace } from '../story/make-order.ts';

interface Preset {
  readonly label: string;
  readonly marketplace: Marketplace;
  readonly lines: readonly LineSpec[];
}

const { us, jp } = marketplaces;

/** Orders that can be placed with one click. */
export const presets: Readonly<Record<string, Preset>> = {
  mugs: { label: 'Blue mug + red mug, 34.90 USD', marketplace: us, lines: [lines.blueMug, lines.redMug] },
  yen: { label: 'Teapot, 5980 JPY', marketplace: jp, lines: [lines.teapotForYen] },
  gift: { label: 'Gift-wrapped mug', marketplace: us, lines: [lines.gift] },
  clock: { label: 'Clock from a warehouse', marketplace: us, lines: [lines.clock] },
  unknown: { label: 'Unknown SKU', marketplace: us, lines: [lines.unknownSku] },
};

/** An order of the preset, placed now (ms UTC); null where there is no such preset. */
export function orderOfPreset(name: string, now: number): ReturnType<typeof makeOrder> | null {
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (!preset) return null;
  return makeOrder({
    marketplace: preset.marketplace,
    lines: preset.lines,
    status: 'UNSHIPPED',
    placedAt: now,
  });
}
