import type { PrismaClient } from '@prisma/client';
import { Session } from '@shopify/shopify-api';
import { PrismaSessionStorage } from '@shopify/shopify-app-session-storage-prisma';
import type { Vault } from '../lib/crypto.ts';

/** The library's storage, with both tokens sealed before they reach the database (SEC-2). */
class SealedSessionStorage extends PrismaSessionStorage<PrismaClient> {
  readonly #vault: Vault;

  constructor(prisma: PrismaClient, vault: Vault) {
    super(prisma);
    this.#vault = vault;
  }

  #change(session: Session, change: (token: string) => string): Session {
    const { accessToken, refreshToken, ...rest } = session.toObject();
    return new Session({
      ...rest,
      ...(accessToken ? { accessToken: change(accessToken) } : {}),
      ...(refreshToken ? { refreshToken: change(refreshToken) } : {}),
    });
  }

  #open(session: Session): Session {
    return this.#change(session, (token) => this.#vault.open(token));
  }

  override storeSession(session: Session): Promise<boolean> {
    return super.storeSession(this.#change(session, (token) => this.#vault.seal(token)));
  }

  override async loadSession(id: string): Promise<Session | undefined> {
    const session = await super.loadSession(id);
    return session && this.#open(session);
  }

  override async findSessionsByShop(shop: string): Promise<Session[]> {
    return (await super.findSessionsByShop(shop)).map((session) => this.#open(session));
  }
}

/** Where shopify-app-remix keeps its sessions. The client must have the role that may see the session table. */
export function createSessionStorage(prisma: PrismaClient, vault: Vault): PrismaSessionStorage<PrismaClient> {
  return new SealedSessionStorage(prisma, vault);
}
