import { z } from 'zod';
import { parseMoney, type Money } from '../domain/money.ts';

/** What is asked of a money bag: the amount in the order's own currency. */
export const presentmentFields = 'presentmentMoney { amount currencyCode }';

/** A money bag, as the exact amount in the order's own currency. What is no amount fails the whole answer. */
export const presentment = z
  .object({ presentmentMoney: z.object({ amount: z.string(), currencyCode: z.string() }) })
  .transform(({ presentmentMoney: { amount, currencyCode } }, context): Money => {
    const read = parseMoney(amount, currencyCode);
    if (read) return read.money;
    context.addIssue({ code: 'custom', message: 'No amount.' });
    return z.NEVER;
  });
