import { spawn } from 'node:child_process';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { type Sandbox, startSandbox } from './start.ts';

const whole = (least: number, most: number) => (text: string) => {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
};
const positive = (text: string) => {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('It must be a number above 0.');
};
const address = (text: string) => {
  if (URL.canParse(text) && /^https?:/.test(text)) return new URL(text).origin;
  throw new InvalidArgumentError('It must be an http or https address.');
};

const mailServer = (text: string) => {
  if (/^smtps?:/.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('It must be an smtp or smtps address.');
};

const flags = z.object({
  headless: z.boolean().default(false),
  port: z.number(),
  data: z.string().optional(),
  speed: z.number(),
  workers: z.number(),
  amazon: z.string().optional(),
  shopify: z.string().optional(),
  smtp: z.string().optional(),
});

const command = new Command('sandbox')
  .description('Starts Concord between a pretend Amazon and a pretend Shopify, all on this machine.')
  .option('--headless', 'no example story, nothing is opened')
  .option('--port <n>', 'first of a row of seven ports; 0: any', whole(0, 65_000), 4100)
  .option('--data <folder>', 'where the database keeps its files (default: a temporary folder)')
  .option('--speed <n>', 'time passes n times faster for everything', positive, 1)
  .option('--workers <n>', 'how many workers run', whole(0, 64), 1)
  .option('--amazon <address>', 'another stand-in for Amazon', address)
  .option('--shopify <address>', 'another stand-in for Shopify', address)
  .option('--smtp <address>', 'a mail server for notices, like smtp://127.0.0.1:1025', mailServer);

/** Opens the address in the person's browser, where there is a person. */
function openBrowser(url: string): void {
  if (!process.stdout.isTTY) return;
  const programs: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer' };
  const opener = spawn(programs[process.platform] ?? 'xdg-open', [url], { stdio: 'ignore', detached: true });
  // Without a browser the printed address has to do.
  opener.once('error', () => undefined);
  opener.unref();
}

function tell({ admin, app, control, amazon, shopify, sqs, shop, env }: Sandbox): void {
  process.stdout.write(
    [
      '',
      `  Shop and Seller Central   ${admin}`,
      `  Control interface         ${control}`,
      `  Pretend Amazon            ${amazon}`,
      `  Pretend Shopify           ${shopify}`,
      '',
      '  Ctrl-C ends it.',
      '',
      JSON.stringify({ ready: true, app, admin, control, amazon, shopify, sqs, shop, pid: process.pid, env }),
      '',
    ].join('\n'),
  );
}

/** Starts it and keeps it until a signal or a crash; then everything it started ends with it. */
function main(): void {
  const { data, amazon, shopify, smtp, ...rest } = flags.parse(command.parse().opts());
  const running = startSandbox({
    ...rest,
    web: true,
    ...(data === undefined ? {} : { dataDir: data }),
    ...(amazon === undefined ? {} : { amazonUrl: amazon }),
    ...(shopify === undefined ? {} : { shopifyUrl: shopify }),
    ...(smtp === undefined ? {} : { smtpUrl: smtp }),
  });
  let ending = false;
  const end = (status: number) => {
    if (ending) return;
    ending = true;
    running
      .then((sandbox) => sandbox.stop())
      .then(
        () => process.exit(status),
        () => process.exit(1),
      );
  };
  const crash = (error: unknown) => {
    if (!ending)
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    end(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      end(0);
    });
  }
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  running.then(
    (sandbox) => {
      if (ending) return;
      tell(sandbox);
      if (!rest.headless) openBrowser(sandbox.admin);
    },
    (error: unknown) => {
      // What was started has ended already; one sentence is enough.
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
}

main();
