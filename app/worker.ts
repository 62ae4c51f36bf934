import { openMessageQueue } from './amazon/queue.ts';
import { shopDomain, sellerId } from './domain/ids.ts';
import { readEnvOrExit } from './lib/env.ts';
import { openNotices } from './notices/parts.ts';
import { tellStaff } from './notices/tell-staff.ts';
import { startRunner } from './queue/runner.ts';
import { backfillStep } from './sync/backfill.ts';
import { drain } from './sync/drain.ts';
import { createSweeper, eraseGoneShop } from './sync/erase-what-is-over.ts';
import { feedStep } from './sync/feed-step.ts';
import { reportStep } from './sync/fetch-order-report.ts';
import { listenToAmazon } from './sync/listen-to-amazon.ts';
import { makeLedgers } from './sync/make-ledgers.ts';
import { pollAmazon } from './sync/poll-amazon.ts';
import { pollFinances } from './sync/poll-finances.ts';
import { pollShopify } from './sync/poll-shopify.ts';
import { openServices } from './sync/services.ts';

const env = readEnvOrExit();
const services = openServices(env, 'worker');
const notices = openNotices(env, services);
const runner = await startRunner({
  url: env.DATABASE_URL,
  db: services.db,
  log: services.log,
  jobs: {
    drain: async ({ shop }) => {
      await drain(services, shopDomain(shop));
    },
    poll: async ({ shop, seller }) => {
      await pollAmazon(services, shopDomain(shop), sellerId(seller));
    },
    backfill: ({ shop, id }) => backfillStep(services, shopDomain(shop), id),
    report: ({ shop, id }) => reportStep(services, shopDomain(shop), id),
    finances: async ({ shop, seller }) => {
      await pollFinances(services, shopDomain(shop), sellerId(seller));
    },
    feed: ({ shop, seller }) => feedStep(services, shopDomain(shop), sellerId(seller)),
    changes: ({ shop }) => pollShopify(services, shopDomain(shop)),
    ledgers: async ({ shop }) => {
      await makeLedgers(services, shopDomain(shop));
    },
    notices: ({ shop }) => tellStaff(notices, shopDomain(shop)),
    erase: ({ shop }) => eraseGoneShop(services, shopDomain(shop)),
  },
  chores: createSweeper(services),
});

const queueUrl = env.AMAZON_NOTIFICATIONS_QUEUE_URL;
const listener = queueUrl === undefined ? null : listenToAmazon(services, openMessageQueue(queueUrl));

async function end(): Promise<void> {
  await listener?.stop();
  await runner.stop();
  await services.close();
  // A followed clock's stream would keep the process.
  process.exit(0);
}
process.once('SIGTERM', () => void end());
process.once('SIGINT', () => void end());
process.stdout.write('{"ready":true}\n');
