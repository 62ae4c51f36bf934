import type { WorkerUtils } from 'graphile-worker';

const patienceMs = 15_000;

/**
 * Whom to take for dead: names that lock jobs, that no listed process carries, and that were seen so for 15 s (`at` is
 * monotonic, ms). A worker that dies within its first moments has locked a job and was never listed.
 */
export function createStrangers(): (names: readonly string[], at: number) => string[] {
  let seen = new Map<string, number>();
  return (names, at) => {
    seen = new Map(names.map((name) => [name, seen.get(name) ?? at]));
    return [...seen].filter(([, since]) => at - since >= patienceMs).map(([name]) => name);
  };
}

/** Names under which jobs are locked, without those of the processes that are listed as living. */
export function lockersUnlisted(utils: WorkerUtils): Promise<string[]> {
  return utils.withPgClient(async (client) => {
    const { rows } = await client.query<{ name: string }>(`
      select distinct j.locked_by as name from graphile_worker._private_jobs j
      where j.locked_by is not null and not exists (select from worker_beat b where j.locked_by = any (b.locked_by))`);
    return rows.map(({ name }) => name);
  });
}
