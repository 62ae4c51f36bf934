import type { Behaviour } from '../contract.ts';

/** Declares the switches for what Shopify does not document. */
export function declareBehaviours(behaviour: Behaviour): void {
  behaviour.declare(
    'shopify.duplicate-id-metafield',
    ['rejects', 'accepts'],
    'orderCreate with a unique metafield value that another order has',
  );
  behaviour.declare(
    'shopify.identifier-lookup',
    ['immediate', 'lags-like-search'],
    'when orderByIdentifier finds a new order by its unique metafield',
  );
  behaviour.declare(
    'shopify.search-lag-default',
    ['none', 'ten-seconds'],
    'how long a new or changed order is not (so) found by search',
  );
  behaviour.declare(
    'shopify.order-create-limit',
    ['none', 'five-a-minute'],
    'trial and development shops create 5 orders a minute',
  );
  behaviour.declare(
    'shopify.processed-at-in-future',
    ['clamps', 'rejects'],
    'what orderCreate does with a processedAt that is still to come',
  );
  behaviour.declare(
    'shopify.long-line-title',
    ['rejects', 'accepts'],
    'what orderCreate does with a line title above 255 characters',
  );
  behaviour.declare(
    'shopify.currency-not-enabled',
    ['accepts', 'rejects'],
    'what orderCreate does with an order in a currency that the shop has not enabled',
  );
  behaviour.declare(
    'shopify.free-text-search',
    ['broad', 'narrow'],
    'whether a search without a field looks into note, attributes, PO number and source identifier too',
  );
  behaviour.declare(
    'shopify.non-expiring-tokens',
    ['rejects', 'grants'],
    'what token exchange does when asked for an offline token that never expires',
  );
  behaviour.declare(
    'shopify.staff-permissions',
    ['all', 'read-orders', 'without-orders', 'not-said'],
    'what the staff member may do by whom the admin is open, as an online token shows it',
  );
  declareFulfillment(behaviour);
}

function declareFulfillment(behaviour: Behaviour): void {
  behaviour.declare(
    'shopify.fulfillment-orders-appear',
    ['at-once', 'after-5-seconds'],
    'when a new order has its fulfilment orders',
  );
  behaviour.declare(
    'shopify.new-fulfillment-orders',
    ['open', 'scheduled'],
    'whether new fulfilment orders can be sent at once or in a day',
  );
  behaviour.declare(
    'shopify.fulfillment-order-split',
    ['allowed', 'refused'],
    'whether lines can be split off a fulfilment order (some delivery methods and bundles refuse it)',
  );
  behaviour.declare(
    'shopify.held-part',
    ['keeps-id', 'new-id'],
    'which part keeps the id when only some lines are put on hold',
  );
  behaviour.declare(
    'shopify.hold-partly-fulfilled',
    ['allowed', 'refused'],
    'whether a fulfilment order of which some was sent can be put on hold',
  );
  behaviour.declare(
    'shopify.merge-after-release',
    ['merges', 'stays'],
    'whether a released fulfilment order goes back into the one it was split from',
  );
  behaviour.declare(
    'shopify.release-hold-of-others',
    ['allowed', 'refused'],
    'whether an app may release a hold that it did not place',
  );
  behaviour.declare(
    'shopify.release-without-hold',
    ['accepts', 'refuses'],
    'what releasing a hold that is not there (any more) answers',
  );
  behaviour.declare(
    'shopify.unknown-fulfillment-order',
    ['user-error', 'invalid-id'],
    'how a mutation says that a fulfilment order is not there',
  );
  declareRefunds(behaviour);
  declareCancels(behaviour);
}

function declareRefunds(behaviour: Behaviour): void {
  behaviour.declare(
    'shopify.refund-duration',
    ['at-once', 'a-second'],
    'how long refundCreate takes; the same key meanwhile is refused as in progress',
  );
  behaviour.declare(
    'shopify.idempotency-errors',
    ['user-errors', 'request-errors'],
    'where a mutation says that its idempotency key is in use, or belongs to another input',
  );
  behaviour.declare(
    'shopify.key-of-refused-request',
    ['tried-again', 'spent'],
    'what the idempotency key of a request that was refused is good for',
  );
  behaviour.declare(
    'shopify.refund-note-limit',
    ['none', '255-characters'],
    'how long the note of a refund may be',
  );
  behaviour.declare(
    'shopify.refund-without-restock',
    ['not-to-send', 'still-to-send'],
    'whether unsent units that are refunded without restock leave their fulfilment order',
  );
  behaviour.declare(
    'shopify.wrong-restock-type',
    ['refused', 'accepted'],
    'what refundCreate does with CANCEL for units that were sent, and RETURN for others',
  );
  behaviour.declare(
    'shopify.restock-without-location',
    ['guessed', 'refused'],
    'what refundCreate does where units are put back and no location is given',
  );
  behaviour.declare(
    'shopify.restock-of-untaken',
    ['adds', 'ignored'],
    'whether putting back units that were never taken from stock adds to it',
  );
}

function declareCancels(behaviour: Behaviour): void {
  behaviour.declare(
    'shopify.order-cancel-duration',
    ['a-moment', 'a-minute', 'at-once'],
    'how long the job of orderCancel takes: 2 seconds, 60, or none',
  );
  behaviour.declare(
    'shopify.order-cancel-checks',
    ['at-once', 'in-job'],
    'whether orderCancel says at once that the order cannot be cancelled, or only the result of its job',
  );
  behaviour.declare(
    'shopify.cancel-without-refund',
    ['removes-lines', 'keeps-lines'],
    'whether a cancel that pays nothing back takes the lines out by a refund without transactions',
  );
  behaviour.declare(
    'shopify.cancel-of-free-order',
    ['voided', 'paid'],
    'the financial status of a cancelled order that cost nothing',
  );
  behaviour.declare(
    'shopify.cancel-at-third-party',
    ['refused', 'accepted'],
    'what orderCancel does with an order that a third party has accepted to send',
  );
  behaviour.declare(
    'shopify.fulfillment-orders-of-cancelled-order',
    ['closed', 'cancelled'],
    'the status of the fulfilment orders of a cancelled order',
  );
}
