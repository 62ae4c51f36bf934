import { type JsonObject, textIn } from '../json.ts';

/** A transaction as it lies in the books; times in milliseconds. */
export interface Posted {
  readonly orderId: string;
  readonly postedAt: number;
  readonly transaction: JsonObject;
}

/** All money that moved for one seller, in the order of time. */
export class Ledger {
  readonly #all: Posted[] = [];
  readonly #byOrder = new Map<string, Posted[]>();
  #lastBack: number | null = null;

  add(posted: Posted): void {
    this.#all.push(posted);
    if (textIn(posted.transaction, 'transactionType') !== 'Shipment') this.#lastBack = posted.postedAt;
    const known = this.#byOrder.get(posted.orderId);
    if (known) known.push(posted);
    else this.#byOrder.set(posted.orderId, [posted]);
  }

  /** When money last went back to a buyer (ms); null: never. */
  lastBack(): number | null {
    return this.#lastBack;
  }

  /** All of an order, or of everything. */
  of(orderId: string | null): readonly Posted[] {
    return orderId === null ? this.#all : (this.#byOrder.get(orderId) ?? []);
  }
}
