import type { Behaviour } from '../contract.ts';

/** Names of the switches for what Amazon does not document. */
export const switches = {
  updateTime: 'amazon.update-time',
  afterTooYoung: 'amazon.after-too-young',
  buyerData: 'amazon.buyer-data',
  requestAfterShipping: 'amazon.request-after-shipping',
  requestAfterCancel: 'amazon.request-after-cancel',
  quantityAfterCancel: 'amazon.quantity-after-cancel',
  orderChangeForNewOrders: 'amazon.order-change-for-new-orders',
  orderChangeForWithdrawal: 'amazon.order-change-for-withdrawal',
  reportCancellationColumn: 'amazon.report-cancellation-column',
  reportEncoding: 'amazon.report-encoding',
  reportPacking: 'amazon.report-packing',
  reportWithoutData: 'amazon.report-without-data',
  requestFlagOfV0: 'amazon.request-flag-of-v0',
} as const;

/** Makes the pretend Amazon's switches known. */
export function declareSwitches(behaviour: Behaviour): void {
  behaviour.declare(
    switches.updateTime,
    ['seconds', 'milliseconds'],
    'How finely lastUpdatedTime tells the time of a change.',
  );
  behaviour.declare(
    switches.afterTooYoung,
    ['refused', 'empty'],
    'What searchOrders does when createdAfter or lastUpdatedAfter is less than two minutes ago.',
  );
  behaviour.declare(
    switches.buyerData,
    ['as-placed', 'open-orders'],
    'Whether address and e-mail come with every order, or only with seller-fulfilled ones that can ship or have shipped.',
  );
  behaviour.declare(
    switches.requestAfterShipping,
    ['stays', 'goes'],
    "Whether a line's cancellationRequest is still shown after it was shipped.",
  );
  behaviour.declare(
    switches.requestAfterCancel,
    ['stays', 'goes'],
    "Whether a line's cancellationRequest is still shown after it was cancelled.",
  );
  behaviour.declare(
    switches.quantityAfterCancel,
    ['keeps', 'zero'],
    'Whether quantityOrdered of a cancelled line keeps its value or drops to what was shipped of it.',
  );
  behaviour.declare(
    switches.orderChangeForNewOrders,
    ['no', 'yes'],
    'Whether an ORDER_CHANGE message is sent for an order that is new.',
  );
  behaviour.declare(
    switches.orderChangeForWithdrawal,
    ['none', 'status-change'],
    'Whether an ORDER_CHANGE message is sent when a buyer takes a request back.',
  );
  behaviour.declare(
    switches.reportCancellationColumn,
    ['on', 'off', 'misspelled'],
    'Whether order reports have the optional column of cancellation requests, and how it is spelt.',
  );
  behaviour.declare(
    switches.reportEncoding,
    ['utf-8', 'windows-1252', 'windows-31j'],
    'The encoding that order reports are written in.',
  );
  behaviour.declare(switches.reportPacking, ['gzip', 'plain'], 'Whether report documents are packed.');
  behaviour.declare(
    switches.reportWithoutData,
    ['cancelled', 'header-only'],
    'What becomes of a report in which nothing stands.',
  );
  behaviour.declare(
    switches.requestFlagOfV0,
    ['text', 'boolean', 'absent'],
    'How Orders v0 writes whether a buyer asked: as a text, as a boolean, or not at all where nobody did.',
  );
}
