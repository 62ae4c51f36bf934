import type { AmazonLine } from './amazon-order.ts';
import { liveFulfillments } from './cancel-guard.ts';
import { leftOnBooks, takeBackParcel } from './cancel-in-shopify.ts';
import { answerTo } from './choice.ts';
import type { CommandArgs } from './command.ts';
import { dealing, mayWrite, together, type Dealing } from './dealing.ts';
import { allocate } from './money.ts';
import type { BookedLine } from './order-books.ts';
import type { Ledger } from './refund-ledger.ts';
import { booksWithUnseen, enterOnce, entryOf } from './refund-to-shopify.ts';
import { saidMoney } from './said-money.ts';

/** What a line's units are worth on Shopify's books, with their tax, in minor units. */
function worthOf({ unitPrice, tax, quantity }: BookedLine, units: number, taxesIncluded: boolean): number {
  const goods = unitPrice.amount * units;
  if (taxesIncluded || quantity <= 0) return goods;
  const share = allocate(tax, [units, quantity - units])[0]?.amount ?? 0;
  return goods + share;
}

/** Units of the line that left, as Shopify's fulfilments say. */
function sentUnits({ one }: Ledger, lineItemId: string): number {
  return liveFulfillments(one)
    .flatMap(({ lines }) => lines)
    .filter((line) => line.lineItemId === lineItemId)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The entry that takes units off a line; null where nothing of it is left to take off. */
function entryFor(
  ledger: Ledger,
  fact: string,
  line: BookedLine,
  units: number,
): CommandArgs['refund_shopify'] | null {
  const { one, books } = ledger;
  const { link, settings } = one.situation;
  if (units <= 0) return null;
  const restock = link.stockTaken && settings.restock && books.locationId !== null;
  const left = leftOnBooks(booksWithUnseen(ledger, fact));
  return {
    amount: books.sale ? Math.min(worthOf(line, units, books.taxesIncluded), left) : 0,
    currency: books.currency,
    sale: books.sale && { id: books.sale.id, gateway: books.sale.gateway },
    lines: [
      {
        lineItem: line.id,
        quantity: units,
        restock: restock ? 'CANCEL' : 'NO_RESTOCK',
        location: restock ? books.locationId : null,
      },
    ],
    shipping: 0,
    at: null,
  };
}

/** More of the line left than Amazon shows shipped: somebody may still stop the parcel. */
function goneUnits({ one }: Ledger, line: BookedLine, amazon: AmazonLine, n: number): Dealing {
  const { orderItemId } = amazon;
  const answer = answerTo(one.situation.choices, 'stop_parcel', orderItemId)?.args.choice;
  const fitting = [{ key: 'stop_parcel', params: { n } }] as const;
  if (answer === 'gone') return dealing({ fitting, explains: true });
  // Only parcels with nothing in them that Amazon counts as shipped, or that may be on its way.
  const nothingShipped = (amazon.quantityFulfilled ?? 0) === 0;
  const own = liveFulfillments(one).filter(
    ({ lines }) => nothingShipped && lines.every(({ lineItemId }) => lineItemId === line.id),
  );
  if (answer === 'stopped' && own.length > 0)
    return together([dealing({ fitting, explains: true }), ...own.map(({ id }) => takeBackParcel(one, id))]);
  const params = { id: one.order.id, n, ...saidMoney(line.unitPrice) };
  return dealing({
    problems: [{ kind: 'stop_parcel', subject: orderItemId, params }],
    fitting,
    explains: true,
  });
}

function cancelledLine(ledger: Ledger, amazon: AmazonLine): Dealing {
  const { one, books } = ledger;
  const line = books.lines.find(({ orderItemId }) => orderItemId === amazon.orderItemId);
  if (!line) return dealing();
  const fact = `line:${amazon.orderItemId}`;
  const shipped = amazon.quantityFulfilled ?? 0;
  const sent = sentUnits(ledger, line.id);
  const begun = entryOf(ledger, fact);
  const stop = sent > shipped ? goneUnits(ledger, line, amazon, sent - shipped) : dealing();
  // What is shipped on Amazon may not be fulfilled here yet; only the rest is off.
  const units = Math.max(0, Math.min(line.unfulfilled, line.currentQuantity - Math.max(shipped, sent)));
  if (units === 0 && !begun) return stop;
  const said = saidMoney({ amount: worthOf(line, units, books.taxesIncluded), currency: books.currency });
  const params = { id: one.order.id, ...said, date: one.readAt };
  const entered = enterOnce(ledger, {
    fact,
    args: entryFor(ledger, fact, line, units),
    missing: (why) =>
      units === 0
        ? dealing()
        : dealing({
            problems: [{ kind: 'refund_missing_shopify', subject: fact, params: { ...params, why } }],
            fitting: [{ key: 'refund_missing_shopify', params: { ...params, why } }],
            explains: true,
          }),
    following: dealing({ fitting: [{ key: 'shopify_half', params: said }], explains: true }),
  });
  return together([stop, entered.part]);
}

/** Takes lines that Amazon cancelled while the rest is open off the Shopify order, each once (CAN-9). */
export function cancelledLines(ledger: Ledger): Dealing {
  const { one } = ledger;
  if (one.linked.cancelledAt !== null || !mayWrite(one)) return dealing();
  return together(
    one.order.lines.filter(({ cancelled }) => cancelled !== null).map((line) => cancelledLine(ledger, line)),
  );
}
