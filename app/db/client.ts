import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient, type Prisma } from '@prisma/client';
import type { ShopDomain } from '../domain/ids.ts';

/** An open transaction. */
export type Tx = Prisma.TransactionClient;

/** All access to the data. */
export interface Database {
  /** One transaction that sees the rows of this shop and no others (SEC-1). No remote call belongs inside. */
  forShop<T>(shop: ShopDomain, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction that looks across shops, with a role of its own. Only `db/system` files use it. */
  system<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** For the session storage, which belongs to no shop's transaction. */
  readonly sessions: PrismaClient;
  close(): Promise<void>;
}

// The role is given at the connection's start, so that RESET ROLE leads back to it and not to the owner.
function clientAs(role: string, url: string, connections: number): PrismaClient {
  const adapter = new PrismaPg({ connectionString: url, options: `-c role=${role}`, max: connections });
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 20_000, timeout: 30_000 } });
}

/**
 * Opens the database at `url` (postgresql://…). Connections take the roles `concord_app` and `concord_system`, neither
 * of which is a superuser or may pass row-level security by. Connects lazily; the first query throws when it cannot.
 */
export function openDatabase(url: string, options: { connections?: number } = {}): Database {
  const app = clientAs('concord_app', url, options.connections ?? 8);
  const across = clientAs('concord_system', url, 3);
  return {
    forShop: (shop, work) =>
      app.$transaction(async (tx) => {
        await tx.$queryRaw`select set_config('concord.shop', ${shop}, true)`;
        return work(tx);
      }),
    system: (work) => across.$transaction(work),
    sessions: across,
    close: async () => {
      await Promise.all([app.$disconnect(), across.$disconnect()]);
    },
  };
}
