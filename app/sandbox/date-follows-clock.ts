// Loaded before anything else (`node --import`) in the processes the sandbox starts: libraries that ask `Date` get the
// world's time, and a process whose sandbox has gone ends.
import { followClock, now } from '../lib/clock.ts';

const RealDate = Date;

/** Makes `Date` of this process tell the product's time; timers and `performance` stay real. */
function letDateFollow(): void {
  RealDate.now = () => now();
  const following = new Proxy(RealDate, {
    apply: (target) => new target(now()).toString(),
    construct: (target, values: unknown[], newTarget: typeof RealDate): Date =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget) as Date,
  });
  // `date.constructor === Date` stays true.
  RealDate.prototype.constructor = following;
  globalThis.Date = following;
}

if (process.channel) {
  process.once('disconnect', () => process.exit(0));
  process.channel.unref();
}

const origin = process.env['CLOCK_ORIGIN'];
if (origin) {
  await followClock(origin, process.env['CONCORD_PROCESS'] ?? 'process');
  letDateFollow();
}
