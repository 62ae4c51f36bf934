import { Command } from 'commander';
import { shopDomain, type ShopDomain } from '../domain/ids.ts';
import { followClock } from '../lib/clock.ts';
import { readEnvOrExit } from '../lib/env.ts';
import { installedShops } from '../db/system.ts';
import { openServices, type Services } from '../sync/services.ts';
import { backfill } from './backfill.ts';
import { addDecisions } from './decisions.ts';
import { ledger, settlements, totals } from './ledger.ts';
import { mail, showMailAddress } from './mail.ts';
import { listNotices, testNotices } from './notices.ts';
import { notificationsStatus, removeNotifications, setUpNotifications } from './notifications.ts';
import { problems } from './problems.ts';
import { report } from './report.ts';
import { requests } from './requests.ts';
import { rotateKeys } from './rotate-keys.ts';
import { getSettings, setSetting } from './settings.ts';
import { mapSkus } from './sku-map.ts';
import { status } from './status.ts';
import { sync } from './sync.ts';

/** What a command gives back: lines for a person, the same as data for `--json`, and whether it worked. */
export interface Said {
  readonly lines: readonly string[];
  readonly data: unknown;
  readonly ok: boolean;
}

/** What a command works with. `progress` writes a line that is no part of the answer. */
export interface Session {
  readonly services: Services;
  readonly shop: ShopDomain;
  /** The shop, or all shops for a command that is about all where none is named. */
  readonly shops: readonly ShopDomain[];
  readonly progress: (line: string) => void;
}

/** The flags of all commands; each reads its own. */
export interface Options {
  readonly shop?: string;
  readonly json?: boolean;
  readonly order?: string;
  readonly since?: string;
  readonly seller?: string;
  readonly preview?: boolean;
  readonly version?: string;
  readonly queueArn?: string;
  readonly state?: string;
  readonly reasons?: boolean;
  readonly fetch?: boolean;
  readonly type?: string;
  readonly days?: string;
  readonly refund?: string;
  readonly reason?: string;
  readonly restock?: boolean;
  readonly free?: boolean;
  readonly with?: string;
  readonly value?: string;
  readonly note?: string;
  readonly checked?: boolean;
  readonly amount?: string;
  readonly line?: string[];
  readonly why?: string;
  readonly hold?: boolean;
  readonly language?: string;
  readonly new?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly marketplace?: string;
  readonly currency?: string;
  readonly voids?: boolean;
}

/** A command: its words after the name, and its flags. */
export type Work = (session: Session, words: readonly string[], options: Options) => Promise<Said>;

/** A mistake of the person at the keyboard, told in one sentence. */
export class UsageError extends Error {}

/** The shop a command is about; several only where it is about all and none is named. */
async function chooseShops(
  services: Services,
  wanted: string | undefined,
  about: 'one' | 'all',
): Promise<readonly [ShopDomain, ...ShopDomain[]]> {
  const shops = await installedShops(services.db);
  if (wanted !== undefined) {
    const shop = shops.find((one) => one === wanted || one === `${wanted}.myshopify.com`);
    if (shop) return [shopDomain(shop)];
    throw new UsageError(`No shop ${wanted} has the app.`);
  }
  const [first, ...more] = shops;
  if (!first) throw new UsageError('No shop has the app yet.');
  if (more.length > 0 && about === 'one')
    throw new UsageError(`Several shops have the app; name one with --shop: ${shops.join(', ')}.`);
  return [first, ...more];
}

async function inSession(
  options: { shop?: string },
  about: 'one' | 'all',
  work: (session: Session) => Promise<Said>,
): Promise<Said> {
  const env = readEnvOrExit();
  const unfollow = env.CLOCK_ORIGIN ? await followClock(env.CLOCK_ORIGIN, 'concord') : () => undefined;
  const services = openServices({ ...env, LOG_LEVEL: 'silent' }, 'concord');
  try {
    const shops = await chooseShops(services, options.shop, about);
    const progress = (line: string) => process.stderr.write(`${line}\n`);
    return await work({ services, shop: shops[0], shops, progress });
  } finally {
    await services.close();
    unfollow();
  }
}

function tell(said: Said, json: boolean): number {
  const text = json ? JSON.stringify(said.data) : said.lines.join('\n');
  process.stdout.write(`${text}\n`);
  return said.ok ? 0 : 1;
}

/**
 * Runs one operator's command. Answers the exit status: 0 done, 1 not done (the sentence is on standard error or in the
 * answer), 2 called wrongly.
 */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  let exit = 0;
  const program = new Command('concord')
    .description('Looks after Concord from the command line.')
    .exitOverride();
  const on = (command: Command, work: Work, about: 'one' | 'all' = 'one') =>
    command
      .option('--shop <domain>', 'which shop; may be left out where only one has the app')
      .option('--json', 'answer with one line of JSON')
      .action(async () => {
        const options = command.opts<Options>();
        exit = tell(
          await inSession(options, about, (session) => work(session, command.args, options)),
          options.json ?? false,
        );
      });

  on(program.command('status').description('accounts, orders by state, open problems'), status);
  on(
    program
      .command('sync')
      .description('look at Amazon now, or look at one order again')
      .option('--order <id>', 'an Amazon order id'),
    sync,
  );
  on(
    program
      .command('backfill')
      .description('bring in older orders')
      .requiredOption('--since <date>', 'created on Amazon since this day (2026-11-01) or moment')
      .option('--seller <id>', 'which account; may be left out where there is one')
      .option('--preview', 'only count what would come in'),
    backfill,
  );
  on(
    program
      .command('report')
      .description(
        'take in a report of Amazon’s (orders, all orders, returns, settlement): a file, or - for standard input, or fetched',
      )
      .argument('[file]')
      .option('--seller <id>', 'which account; may be left out where there is one')
      .option('--fetch', 'let a worker fetch it from Amazon')
      .option(
        '--type <type>',
        'of a fetched one: unshipped (the default), all, all_orders, returns or settlement',
      )
      .option('--days <n>', 'how far back a fetched one goes'),
    report,
  );
  on(
    program
      .command('mail')
      .description('take in an e-mail of Amazon’s about a request: a file, or - for standard input')
      .argument('<file>'),
    mail,
  );
  on(
    program
      .command('mail-address')
      .description('where such e-mails may be forwarded to')
      .option('--new', 'another one; the one before takes no e-mail any more'),
    showMailAddress,
  );
  on(program.command('problems').description('what only a person can settle'), problems);
  on(
    program
      .command('requests')
      .description('what buyers want to cancel')
      .option('--state <part>', 'open, message, too_late, unknown or closed', 'open')
      .option('--reasons', 'show the buyers’ own words'),
    requests,
  );
  const ofDays = (command: Command) =>
    command
      .option('--from <day>', 'the first day (2026-11-01), in the marketplace’s days')
      .option('--to <day>', 'the last day')
      .option('--days <n>', 'or so many days up to today: 7, 30 or 90')
      .option('--marketplace <id>', 'of one marketplace alone')
      .option('--currency <code>', 'of one currency alone');
  on(
    ofDays(program.command('ledger').argument('[order]'))
      .option('--state <state>', 'different, not_known, waiting or in_step')
      .description(
        'an order’s money in Amazon’s, Shopify’s and the settlement’s words, or the newest of all',
      ),
    ledger,
  );
  on(
    ofDays(program.command('totals'))
      .option('--voids', 'with what was never charged, on both sides')
      .description('totals of days, Amazon beside Shopify, and what is apart'),
    totals,
  );
  on(
    program
      .command('settlements')
      .argument('[id]')
      .description('Amazon’s payouts with their proofs, or one with what nothing matches'),
    settlements,
  );
  addDecisions(program, on);
  const sku = program.command('sku').description('which variant an SKU means');
  on(
    sku
      .command('map')
      .argument('[sku]')
      .argument('[variant]', 'a variant id, “never”, or none to look it up again')
      .description('show the map, or set one SKU'),
    mapSkus,
  );
  const settings = program.command('settings').description('the shop’s settings');
  on(settings.command('get').argument('[name]'), getSettings);
  on(settings.command('set').argument('<name>').argument('<value>'), setSetting);
  const notifications = program
    .command('notifications')
    .description('messages that Amazon pushes; of all shops where none is named');
  on(
    notifications
      .command('setup')
      .description('make the queue ready and subscribe every connected account')
      .option('--queue-arn <arn>', 'a queue of your own'),
    setUpNotifications,
    'all',
  );
  on(notifications.command('status'), notificationsStatus, 'all');
  on(notifications.command('remove'), removeNotifications, 'all');
  const notices = program.command('notices').description('what is told to staff by e-mail and webhook');
  on(notices.command('list').description('the last ones with their answer'), listNotices);
  on(
    notices.command('test').argument('<channel>', 'mail or webhook').description('send a test now'),
    testNotices,
  );
  on(program.command('rotate-keys').description('seal all that is sealed with the newest key'), rotateKeys);

  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('commander.'))
      return error.code === 'commander.helpDisplayed' ? 0 : 2;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
  return exit;
}
