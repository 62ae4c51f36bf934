import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Answer, invalidInput, unauthorized } from '../answers.ts';
import { objectIn, textIn } from '../json.ts';
import { BadParameter, single, time } from '../query.ts';
import { lacksRole, type Seller } from '../seller.ts';
import type { Posted } from './ledger.ts';

const pageSize = 100;
const minuteMs = 60_000;
const dayMs = 24 * 3_600_000;
const us = 'ATVPDKIKX0DER';
const placeShape = z.object({ query: z.string(), from: z.number().int().nonnegative() });

/** A digest of all arguments that must be repeated with a token. */
function digest(query: URLSearchParams): string {
  const kept = [...query].filter(([name]) => name !== 'nextToken').map(([name, value]) => `${name}=${value}`);
  return createHash('sha256').update(kept.sort().join('&')).digest('base64url').slice(0, 16);
}

/** The number of transactions that earlier pages had. */
function placeOf(query: URLSearchParams): number {
  const token = single(query, 'nextToken');
  if (token === null) return 0;
  let value: unknown = null;
  try {
    value = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    throw new BadParameter('nextToken is not valid.');
  }
  const place = placeShape.safeParse(value);
  if (!place.success || place.data.query !== digest(query))
    throw new BadParameter('nextToken is not valid for these parameters.');
  return place.data.from;
}

/** The order that is asked for; null without one. */
function orderOf(query: URLSearchParams): string | null {
  const [name, value] = [single(query, 'relatedIdentifierName'), single(query, 'relatedIdentifierValue')];
  if (name === null && value === null) return null;
  if (name === null || value === null)
    throw new BadParameter('relatedIdentifierName and relatedIdentifierValue belong together.');
  if (!['ORDER_ID', 'FINANCIAL_EVENT_GROUP_ID'].includes(name))
    throw new BadParameter('relatedIdentifierName is not valid.');
  // There are no event groups here: asking for one finds nothing.
  return name === 'ORDER_ID' ? value : '';
}

interface Window {
  readonly after: number;
  readonly before: number;
}

function windowOf(query: URLSearchParams, hasOrder: boolean, now: number): Window | Answer {
  const [after, before] = [time(query, 'postedAfter'), time(query, 'postedBefore')];
  if (after === null && !hasOrder) {
    const message = 'Start date cannot be null';
    return { status: 400, body: { errors: [{ code: 'InvalidInput', message, details: message }] } };
  }
  if ((after ?? 0) > now - 2 * minuteMs || (before ?? 0) > now - 2 * minuteMs)
    return invalidInput('The date must be more than two minutes before the time of the request.');
  if (after !== null && before !== null && before <= after)
    return invalidInput('postedBefore must be later than postedAfter.');
  const end = before ?? (hasOrder ? now + 1 : now - 2 * minuteMs);
  // More than 180 days apart the response is empty.
  return after !== null && end - after > 180 * dayMs
    ? { after: now, before: now }
    : { after: after ?? Number.NEGATIVE_INFINITY, before: end };
}

function isIn({ postedAt, transaction }: Posted, { after, before }: Window, query: URLSearchParams): boolean {
  const status = single(query, 'transactionStatus');
  const market = single(query, 'marketplaceId');
  if (postedAt < after || postedAt >= before) return false;
  if (status !== null && textIn(transaction, 'transactionStatus') !== status) return false;
  // Asked for the United States by marketplace, Finances leaves out what merchants ship themselves.
  return (
    market === null ||
    (market !== us && textIn(objectIn(transaction, 'marketplaceDetails'), 'marketplaceId') === market)
  );
}

/** Answers listTransactions of Finances v2024-06-19. What moved less than `lagMs` ago is not shown yet. */
export function listTransactions(seller: Seller, query: URLSearchParams, now: number, lagMs: number): Answer {
  if (lacksRole(seller, 'Finance and Accounting')) return unauthorized('');
  const orderId = orderOf(query);
  const window = windowOf(query, orderId !== null, now);
  if ('status' in window) return window;
  const from = placeOf(query);
  const found = seller.ledger
    .of(orderId)
    .filter((posted) => posted.postedAt + lagMs <= now && isIn(posted, window, query));
  const place = { query: digest(query), from: from + pageSize };
  const nextToken = Buffer.from(JSON.stringify(place)).toString('base64url');
  return {
    status: 200,
    body: {
      payload: {
        transactions: found.slice(from, from + pageSize).map(({ transaction }) => transaction),
        ...(found.length > from + pageSize ? { nextToken } : {}),
      },
    },
  };
}
