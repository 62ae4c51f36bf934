import { openProblems } from '../db/problems.ts';
import type { Said, Session } from './command-line.ts';

/** The open problems, the worst first. */
export async function problems({ services, shop }: Session): Promise<Said> {
  const open = await services.db.forShop(shop, (tx) => openProblems(tx, shop));
  const data = open.map((one) => ({ ...one, since: new Date(one.since).toISOString() }));
  const lines = data.map(
    (one) =>
      `${one.since}  ${one.tone.padEnd(9)} ${one.kind} ${one.amazonOrderId} ${one.subject}  ${JSON.stringify(one.params)}`,
  );
  return { ok: true, data, lines: lines.length > 0 ? lines : ['No open problems.'] };
}
