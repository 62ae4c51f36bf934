import { followClock } from './lib/clock.ts';
import { readEnvOrExit } from './lib/env.ts';
import { openNotices } from './notices/parts.ts';
import { openServices } from './sync/services.ts';

/** What the web process opens once and keeps: settings, log, database, the vault for tokens and both sides' clients. */
export const env = readEnvOrExit();
export const services = openServices(env, 'web');
export const { db, vault, log } = services;
/** What tests of notices are sent with. */
export const notices = openNotices(env, services);

// The sandbox's preload follows the clock before anything else runs; a web process started by hand does it here.
if (env.CLOCK_ORIGIN && !(Symbol.for('concord.clock') in globalThis)) {
  await followClock(env.CLOCK_ORIGIN, 'web');
}
