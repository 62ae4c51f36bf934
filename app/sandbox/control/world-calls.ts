import { z } from 'zod';
import { faultKinds, type Fault } from '../contract.ts';
import { durationMs } from '../duration.ts';
import { mustBeOwn, type World } from '../world.ts';
import { given } from './given.ts';
import { Refusal } from './refusal.ts';
import { reply, route, type Route } from './route.ts';

/** Whether a worker may remember a fault after it is over: of its logins, its rates, or data that it was refused. */
const isRemembered = ({ kind, status }: Pick<Fault, 'kind'> & { readonly status?: number | undefined }) =>
  kind === 'throttle' || kind === 'refuse-data' || (kind === 'error' && (status ?? 500) < 500);

/** Switches of what a worker remembers. */
const rememberedSwitches: ReadonlySet<string> = new Set([
  'amazon.buyer-data',
  'amazon.consent-cancel',
  'shopify.non-expiring-tokens',
  'shopify.staff-permissions',
]);

const nothing = z.strictObject({});
const service = z.enum(['amazon', 'shopify']);
const positive = z.number().positive();
const fault = z.strictObject({
  service,
  match: z.strictObject({
    path: z.string().optional(),
    operation: z.string().optional(),
    topic: z.string().optional(),
  }),
  kind: z.enum(faultKinds),
  times: z.number().int().positive().optional(),
  every: z.number().int().positive().optional(),
  ms: z.number().nonnegative().optional(),
  status: z.number().int().min(400).max(599).optional(),
  code: z.string().optional(),
  value: z.string().optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.number().int().optional(),
});
const behaviour = z.strictObject({ name: z.string(), value: z.string() });
const advance = z
  .string()
  .transform(durationMs)
  .pipe(z.number({ error: 'must be a duration like PT48H' }));
const clock = z
  .strictObject({ advance: advance.optional(), speed: positive.max(1_000_000).optional() })
  .refine(
    (given) => (given.advance === undefined) !== (given.speed === undefined),
    'give either advance or speed',
  );
const settle = z.strictObject({
  timeoutMs: positive.default(30_000),
  untilIdle: z.boolean().default(false),
});
const workers = z.strictObject({
  kill: z.literal(true).optional(),
  count: z.number().int().min(0).max(64).optional(),
});

function faultCalls(world: World): Route[] {
  const { faults, behaviour: switches, log, app } = world;
  return [
    route('GET', '/log', nothing, ({ query }) => {
      const asked = query.get('service');
      if (asked === null) return log.entries();
      const known = service.safeParse(asked);
      if (!known.success) throw new Refusal(400, 'The service must be amazon or shopify.');
      mustBeOwn(world, known.data);
      return log.entries(known.data);
    }),
    route('POST', '/faults', fault, ({ body }) => {
      mustBeOwn(world, body.service);
      if (isRemembered(body)) app.bent();
      faults.add(given({ ...body, match: given(body.match) }));
      return {};
    }),
    route('DELETE', '/faults', nothing, () => {
      faults.clear();
      return {};
    }),
    route('GET', '/behaviour', nothing, () => switches.list()),
    route('POST', '/behaviour', behaviour, ({ body: { name, value } }) => {
      const known = switches.list().find((one) => one.name === name);
      if (!known) throw new Refusal(404, `There is no switch ${name}.`);
      if (!switches.set(name, value)) {
        throw new Refusal(400, `The switch ${name} has the positions ${known.positions.join(', ')}.`);
      }
      if (rememberedSwitches.has(name)) app.bent();
      return {};
    }),
  ];
}

function timeCalls({ clock: time, app }: World): Route[] {
  const clockNow = () => ({ now: time.now(), speed: time.speed() });
  return [
    route('GET', '/clock', nothing, clockNow),
    route('POST', '/clock', clock, async ({ body }) => {
      if (body.advance !== undefined) await time.advance(body.advance);
      if (body.speed !== undefined) await time.setSpeed(body.speed);
      await app.nudge();
      return clockNow();
    }),
    route('POST', '/settle', settle, async ({ body }) => {
      const ended = await app.settle(body);
      return ended.settled ? ended : reply(504, { open: ended.open });
    }),
  ];
}

/** Calls about the world as a whole: log, faults, switches, time, workers, a fresh start. */
export function worldCalls(world: World): Route[] {
  const { app } = world;
  return [
    ...faultCalls(world),
    ...timeCalls(world),
    route('POST', '/workers', workers, async ({ body }) => {
      if (body.kill) await app.killWorkers();
      if (body.count !== undefined) await app.setWorkers(body.count);
      return { pids: app.workerPids() };
    }),
    route('POST', '/reset', nothing, async () => {
      await reset(world);
      return {};
    }),
  ];
}

async function reset(world: World): Promise<void> {
  const [first] = world.shops;
  if (!first) throw new Error('The world has no default shop.');
  await world.app.reset(first, () => {
    world.shops.splice(1);
    world.faults.clear();
    world.behaviour.reset();
    world.amazon?.reset();
    world.shopify?.reset();
    world.sqs.reset();
    world.log.clear();
  });
}
