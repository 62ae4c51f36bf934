import { describe, expect, it } from 'vitest';
import { amazonCancelReasons, shopifyCancelReasons } from './cancel-reason.ts';
import { marketplaces } from './marketplaces.ts';
import { amazonReason, reasonGuard, reasonsIn, type Covered } from './reason-map.ts';
import { settingsSchema } from './settings.ts';

const usa = 'ATVPDKIKX0DER';
const { cancelReasons: usual } = settingsSchema.parse({});
const notAll = ['some', 'none', 'unknown'] as const;

describe('CAN-6: the reason Amazon gets for a cancel in Shopify', () => {
  it.each([
    ['INVENTORY', 'NoInventory'],
    ['FRAUD', 'CannotVerifyInformation'],
    ['DECLINED', 'CannotVerifyInformation'],
    ['CUSTOMER', 'ask'],
    ['OTHER', 'ask'],
    ['STAFF', 'ask'],
  ] as const)('CAN-6: %s without a request for all lines is %s', (reason, amazon) => {
    for (const covers of notAll) expect(amazonReason(reason, covers, usual, usa)).toBe(amazon);
  });

  it('CAN-6: with a request that covers every open line it is the buyer, whatever Shopify says', () => {
    for (const reason of shopifyCancelReasons)
      expect(amazonReason(reason, 'all', usual, null)).toBe('BuyerCanceled');
  });

  it('CAN-6: a merchant changes the table, one reason at a time', () => {
    const { cancelReasons } = settingsSchema.parse({
      cancelReasons: { STAFF: 'PricingError', INVENTORY: 'ask' },
    });
    expect(cancelReasons).toEqual({ ...usual, STAFF: 'PricingError', INVENTORY: 'ask' });
    expect(amazonReason('STAFF', 'none', cancelReasons, usa)).toBe('PricingError');
  });

  it('CAN-6: the table can be written as a text', () => {
    const read = settingsSchema.parse({ cancelReasons: 'STAFF=PricingError, CUSTOMER=CustomerExchange' });
    expect(read.cancelReasons).toEqual({ ...usual, STAFF: 'PricingError', CUSTOMER: 'CustomerExchange' });
  });

  it('CAN-6: no table says that a buyer cancelled', () => {
    for (const reason of shopifyCancelReasons) {
      for (const cancelReasons of [{ [reason]: 'BuyerCanceled' }, `${reason}=BuyerCanceled`])
        expect(settingsSchema.safeParse({ cancelReasons }).success).toBe(false);
    }
  });

  it.each([{ STAFF: 'No such' }, { SOMEBODY: 'ask' }, 'STAFF', 'STAFF=', 'STAFF=ask=ask', 'a,b', 5, null])(
    'CAN-6: %j is no table',
    (cancelReasons) => {
      expect(settingsSchema.safeParse({ cancelReasons }).success).toBe(false);
    },
  );
});

describe('CAN-6: which reasons are true', () => {
  const guard = (covers: Covered, reason: (typeof amazonCancelReasons)[number] | null) =>
    reasonGuard({ covers, reason, marketplaceId: usa });

  it('CAN-6: only the buyer where the request covers all that is open', () => {
    expect([guard('all', 'BuyerCanceled'), guard('all', null)]).toEqual([null, null]);
    for (const reason of amazonCancelReasons.filter((one) => one !== 'BuyerCanceled'))
      expect(guard('all', reason)).toBe('reason_fixed');
  });

  it.each(notAll)('CAN-6: any but the buyer where it covers %s', (covers) => {
    expect([guard(covers, null), guard(covers, 'BuyerCanceled')]).toEqual([
      'reason_missing',
      'reason_needs_request',
    ]);
    for (const reason of amazonCancelReasons.filter((one) => one !== 'BuyerCanceled'))
      expect(guard(covers, reason)).toBeNull();
  });

  it('CAN-6: a marketplace takes all reasons that it is not known to refuse', () => {
    for (const { id } of marketplaces) expect(reasonsIn(id)).toEqual(amazonCancelReasons);
    expect(reasonsIn(null)).toEqual(amazonCancelReasons);
  });
});
