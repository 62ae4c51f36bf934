import { createHash } from 'node:crypto';
import { endReportFile, moveReportFile, sameFileAt, startReportFile } from '../db/report-files.ts';
import type { SellerRow } from '../db/sellers.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import type { Services } from './services.ts';
import { takeReport, type TakenFile, type TakingProgress } from './take-report.ts';

/** How often, in real time, it is written down how far a file was read. */
const tellEveryMs = 1_000;

/** An uploaded file. */
export interface Uploaded {
  readonly name: string;
  /** In bytes; null: not told. */
  readonly size: number | null;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The bytes as they go by, with a digest of all of them. */
function digested(bytes: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  let count = 0;
  async function* passing(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      hash.update(chunk);
      count += chunk.byteLength;
      yield chunk;
    }
  }
  return { bytes: passing(), digest: () => hash.digest('base64url'), count: () => count };
}

const stateOf = ({ refused, cut }: TakenFile) =>
  refused !== null ? 'refused' : cut !== null ? 'cut' : 'done';

/**
 * Takes an uploaded report in while it arrives, and writes down how far it has come, so that it can be seen from any page.
 * Broken off, what was read stays; the same file again goes on, and doubles nothing.
 */
export async function takeUploaded(
  services: Services,
  shop: ShopDomain,
  seller: SellerRow,
  file: Uploaded,
): Promise<TakenFile> {
  const { name, size } = file;
  const { db } = services;
  const wish = { sellerId: seller.sellerId, name: name.slice(0, 200), size };
  const id = await db.forShop(shop, (tx) => startReportFile(tx, shop, now(), wish));
  const passing = digested(file.bytes);
  let told = performance.now();
  let writing: Promise<void> = Promise.resolve();
  const tell = (read: TakingProgress) => {
    if (performance.now() - told < tellEveryMs) return;
    told = performance.now();
    writing = writing.then(() => db.forShop(shop, (tx) => moveReportFile(tx, shop, id, now(), read)));
  };
  const day = new Date(now()).toISOString().slice(0, 10);
  const source = { bytes: passing.bytes, charset: null, dataUntil: null, day };
  const taken = await takeReport(services, shop, seller, source, tell);
  await writing;
  await db.forShop(shop, async (tx) => {
    const digest = passing.digest();
    const state = stateOf(taken);
    const before = state === 'done' ? await sameFileAt(tx, shop, digest) : null;
    const { kind, rows, broken, changed, says, refused, cut } = taken;
    const why = refused ?? cut;
    await endReportFile(tx, shop, id, now(), {
      ...{ state, rows, broken, changed, before, digest },
      kind: kind ?? '',
      bytes: passing.count(),
      says: why === null ? says : [why, ...says],
    });
  });
  return taken;
}
