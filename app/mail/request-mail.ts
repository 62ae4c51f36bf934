import type { AmazonOrderId } from '../domain/ids.ts';
import { marketplaces } from '../domain/marketplaces.ts';
import { longestText, orderIdsIn } from '../domain/order-ids-in-text.ts';
import { isRequestSubject, withoutForward } from './known-subjects.ts';
import { parseMail, type Mail } from './parse-mail.ts';

/** Why a mail says nothing of a buyer's request; each has a sentence. */
export type MailRefusal = 'unreadable' | 'not_request' | 'not_amazon' | 'no_order' | 'several_orders';

/** What a mail says: the order that its buyer wants out of, or why it says nothing. Times in ms UTC. */
export type ReadMail =
  | {
      readonly is: 'request';
      readonly order: AmazonOrderId;
      /** The same for the same mail: its own id, else what it is made of. */
      readonly identity: string;
      readonly sentAt: number | null;
    }
  | { readonly is: 'refused'; readonly why: MailRefusal };

const domains = new Set(marketplaces.map(({ storefront }) => storefront.replace(/^www\./, '')));

/** An address of Amazon's: at the domain of one of its stores, or below it. It can be forged: such a mail is a claim only. */
export function isAmazonAddress(address: string): boolean {
  const host = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return address.includes('@') && [...domains].some((own) => host === own || host.endsWith(`.${own}`));
}

/** A mail that was forwarded names Amazon's address in its text. */
function namesAmazon({ text }: Mail): boolean {
  const found = text.slice(0, longestText).match(/[\w.+-]{1,128}@[\w.-]{1,128}\w/g) ?? [];
  return found.some(isAmazonAddress);
}

const refused = (why: MailRefusal): ReadMail => ({ is: 'refused', why });

function judge(mail: Mail): ReadMail {
  const { subject, forwarded } = withoutForward(mail.subject);
  if (!isRequestSubject(subject)) return refused('not_request');
  if (!isAmazonAddress(mail.from) && !(forwarded && namesAmazon(mail))) return refused('not_amazon');
  const named = orderIdsIn(subject);
  const [order, ...more] = named.length > 0 ? named : orderIdsIn(mail.text);
  if (order === undefined) return refused('no_order');
  if (more.length > 0) return refused('several_orders');
  const identity = mail.messageId ?? `${mail.subject} ${String(mail.sentAt)}`;
  return { is: 'request', order, identity, sentAt: mail.sentAt };
}

/**
 * Reads what a mail says of a buyer's request (REQ-1). Only mails of Amazon's under known subjects count, also forwarded ones,
 * in the text or attached. Nothing of its words comes out.
 */
export async function readRequestMail(bytes: Uint8Array): Promise<ReadMail> {
  const mail = await parseMail(bytes);
  if (!mail) return refused('unreadable');
  const own = judge(mail);
  if (own.is === 'request') return own;
  const inner = mail.attached.map(judge);
  return inner.find(({ is }) => is === 'request') ?? inner[0] ?? own;
}
