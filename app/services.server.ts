import { openDatabase } from './db/client.ts';
import { followClock } from './lib/clock.ts';
import { openVault } from './lib/crypto.ts';
import { readEnvOrExit } from './lib/env.ts';
import { createLog } from './lib/log.ts';

/** What the web process opens once and keeps: settings, log, database and the vault for tokens. */
export const env = readEnvOrExit();
export const log = createLog(env.LOG_LEVEL, 'web');
export const db = openDatabase(env.DATABASE_URL);
export const vault = openVault(env.ENCRYPTION_KEYS);

// The sandbox's preload follows the clock before anything else runs; a web process started by hand does it here.
if (env.CLOCK_ORIGIN && !(Symbol.for('concord.clock') in globalThis)) {
  await followClock(env.CLOCK_ORIGIN, 'web');
}
