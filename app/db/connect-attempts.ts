import type { Prisma } from '@prisma/client';
import { sellerId, shopDomain, type SellerId, type ShopDomain } from '../domain/ids.ts';
import type { Database, Tx } from './client.ts';

/** A person on the way through Amazon's page. Times in ms UTC. */
export interface ConnectAttempt {
  readonly stateHash: string;
  /** Whose session began it: Shopify's id of the staff member. */
  readonly staff: string;
  /** Whose Seller Central it went to. */
  readonly marketplaceId: string;
  /** The account it has to be; null where any will do. */
  readonly sellerId: SellerId | null;
  readonly beganAt: number;
}

/** One that Amazon has led back. */
export interface ReturnedAttempt extends ConnectAttempt {
  readonly returnedAt: number;
  readonly returnedSeller: SellerId | null;
  /** The sealed code; null: the person did not let the app in. */
  readonly sealedCode: string | null;
}

type Found = Prisma.ConnectAttemptGetPayload<object>;

const toSeller = (id: string | null): SellerId | null => (id === null || id === '' ? null : sellerId(id));

function toReturned(row: Found & { returnedAt: Date }): ReturnedAttempt {
  return {
    stateHash: row.stateHash,
    staff: row.staff,
    marketplaceId: row.marketplaceId,
    sellerId: toSeller(row.sellerId),
    beganAt: row.beganAt.getTime(),
    returnedAt: row.returnedAt.getTime(),
    returnedSeller: toSeller(row.returnedSeller),
    sealedCode: row.code,
  };
}

/** Notes that somebody sets out. */
export async function beginAttempt(tx: Tx, shop: ShopDomain, attempt: ConnectAttempt): Promise<void> {
  const { stateHash, staff, marketplaceId, sellerId: seller, beganAt } = attempt;
  await tx.connectAttempt.create({
    data: { shop, stateHash, staff, marketplaceId, sellerId: seller, beganAt: new Date(beganAt) },
  });
}

/** What Amazon led a browser back with, and the hash of the ticket that the browser gets for it. */
export interface Return {
  readonly returnedSeller: string | null;
  readonly sealedCode: string | null;
  readonly ticketHash: string;
}

/**
 * Uses a state up, once: of several that come with it one has it. Nobody knows the shop before, so this looks across
 * shops. `shop` null: there is no such state; `taken` false: it was used already, or began before `notBefore` (ms UTC).
 */
export function takeState(
  db: Database,
  stateHash: string,
  now: number,
  notBefore: number,
  given: Return,
): Promise<{ readonly shop: ShopDomain | null; readonly taken: boolean }> {
  return db.system(async (tx) => {
    const changed = await tx.connectAttempt.updateMany({
      where: { stateHash, returnedAt: null, beganAt: { gte: new Date(notBefore) } },
      data: {
        returnedAt: new Date(now),
        returnedSeller: given.returnedSeller,
        code: given.sealedCode,
        ticketHash: given.ticketHash,
      },
    });
    const row = await tx.connectAttempt.findUnique({ where: { stateHash } });
    return { shop: row && shopDomain(row.shop), taken: changed.count === 1 };
  });
}

/**
 * Uses a ticket up for the staff member who began, once: the code is gone from here on. Null: there is none of this shop
 * and person, or it was used already.
 */
export async function takeTicket(
  tx: Tx,
  shop: ShopDomain,
  ticketHash: string,
  staff: string,
  now: number,
): Promise<ReturnedAttempt | null> {
  const row = await tx.connectAttempt.findFirst({ where: { shop, ticketHash, staff, endedAt: null } });
  if (!row?.returnedAt) return null;
  const taken = await tx.connectAttempt.updateMany({
    where: { shop, stateHash: row.stateHash, endedAt: null },
    data: { endedAt: new Date(now), code: null },
  });
  return taken.count === 1 ? toReturned({ ...row, returnedAt: row.returnedAt }) : null;
}
