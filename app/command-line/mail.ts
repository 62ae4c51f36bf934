import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { readEnvOrExit } from '../lib/env.ts';
import { mostMailBytes } from '../mail/parse-mail.ts';
import { mailAddress, newMailAddress } from '../sync/mail-address.ts';
import { takeMail, type TakenMail } from '../sync/take-mail.ts';
import { mailKey } from '../ui/mail-words.ts';
import { UsageError, type Options, type Said, type Session } from './command-line.ts';
import { operator, sentence } from './said.ts';

async function bytesOf(file: string): Promise<Uint8Array> {
  if (file === '-') return buffer(process.stdin);
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new UsageError(`There is no file ${file}.`);
  // What is too large is told so, and not read whole.
  return buffer(createReadStream(file, { end: mostMailBytes }));
}

const say = (taken: TakenMail): string =>
  sentence(mailKey(taken), taken.order === null ? {} : { id: taken.order });

/** Takes in an e-mail of Amazon's about a buyer's request: a file as a mail program saves it, or - for standard input. */
export async function mail({ services, shop }: Session, [file = '']: readonly string[]): Promise<Said> {
  const taken = await takeMail(services, shop, await bytesOf(file));
  return { ok: taken.ok, data: taken, lines: [say(taken)] };
}

/** Shows the address to which such mails may be forwarded; `--new` makes another one. */
export async function showMailAddress(
  { services, shop }: Session,
  _: readonly string[],
  options: Options,
): Promise<Said> {
  const { MAIL_DOMAIN: domain } = readEnvOrExit();
  if (domain === undefined) throw new UsageError('No domain takes mails: MAIL_DOMAIN is not set.');
  const before = options.new ? null : await mailAddress(services, shop, domain);
  const address = before ?? (await newMailAddress(services, shop, domain, operator));
  return { ok: true, data: { address }, lines: [address] };
}
