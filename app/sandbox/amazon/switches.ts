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
  cancelAfterShipping: 'amazon.cancel-after-shipping',
  partialAcknowledgement: 'amazon.partial-acknowledgement',
  feedEffect: 'amazon.feed-effect',
  feedReportPacking: 'amazon.feed-report-packing',
  feedReportEncoding: 'amazon.feed-report-encoding',
  feedReportInfo: 'amazon.feed-report-info',
  fatalFeedReport: 'amazon.fatal-feed-report',
  updateOnRefund: 'amazon.update-on-refund',
  financeLag: 'amazon.finance-lag',
  breakdownNames: 'amazon.breakdown-names',
  automaticCancel: 'amazon.automatic-cancel',
  consentCancel: 'amazon.consent-cancel',
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
  behaviour.declare(
    switches.consentCancel,
    ['stays', 'leads-back'],
    'Whether a seller who does not let the app in stays at Amazon, or is led back without a code.',
  );
  declareFeedSwitches(behaviour);
  declareMoneySwitches(behaviour);
}

function declareFeedSwitches(behaviour: Behaviour): void {
  behaviour.declare(
    switches.cancelAfterShipping,
    ['refused', 'refunds-order'],
    'What a cancel feed does to an order of which something is shipped: an error, or (documented) a refund of all of it.',
  );
  behaviour.declare(
    switches.partialAcknowledgement,
    ['refused', 'no-effect', 'whole-order', 'listed-lines'],
    'What a cancel feed does that does not list every open line with all its units.',
  );
  behaviour.declare(
    switches.feedEffect,
    ['with-report', 'later'],
    'Whether orders show what a feed did when the report is there, or five minutes later.',
  );
  behaviour.declare(switches.feedReportPacking, ['plain', 'gzip'], 'Whether processing reports are packed.');
  behaviour.declare(
    switches.feedReportEncoding,
    ['utf-8', 'iso-8859-1'],
    'The encoding that processing reports are written in.',
  );
  behaviour.declare(
    switches.feedReportInfo,
    ['order', 'none', 'another-order'],
    'Which order a result of a processing report names.',
  );
  behaviour.declare(
    switches.fatalFeedReport,
    ['none', 'report'],
    'Whether a feed that ends FATAL has a processing report.',
  );
}

function declareMoneySwitches(behaviour: Behaviour): void {
  behaviour.declare(
    switches.updateOnRefund,
    ['no', 'yes'],
    "Whether a refund or claim changes the order's lastUpdatedTime.",
  );
  behaviour.declare(
    switches.financeLag,
    ['48h', '6h', 'none'],
    'How long after money moved Finances shows it.',
  );
  behaviour.declare(
    switches.breakdownNames,
    ['live', 'model'],
    "How Finances names the parts of an amount: as live answers do, or as the model's example.",
  );
  behaviour.declare(
    switches.automaticCancel,
    ['on', 'off'],
    'Whether Amazon cancels what is not shipped 7 days after the latest ship date.',
  );
}
