// Element order, enumerations and ids as in Amazon's XSDs: amzn-envelope, OrderAcknowledgement, OrderAdjustment, OrderFulfillment.
import { type Content, either, many, matching, maybe, one, oneOf, sequence } from './schema.ts';

const orderId = matching(/^\w{3}-\w{7}-\w{7}$/);
// The XSD says 14 digits; Amazon itself gives ids of 15.
const itemCode = matching(/^\d{14,15}$/);
const words = (most: number) => matching(new RegExp(`^\\S(?:.{0,${most - 2}}\\S)?$`, 'su'));
const count = matching(/^[1-9]\d{0,9}$/);
const time = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/);
const amount = matching(/^-?\d{1,18}(?:\.\d{1,2})?$/, {
  name: 'currency',
  allows: (value) => /^[A-Z]{3}$/.test(value),
});
const itemReference = either({ AmazonOrderItemCode: itemCode, MerchantOrderItemID: words(50) });
const orderReference = either({ AmazonOrderID: orderId, MerchantOrderID: words(50) });

const cancelReasons = oneOf(
  'NoInventory',
  'ShippingAddressUndeliverable',
  'CustomerExchange',
  'BuyerCanceled',
  'GeneralAdjustment',
  'CarrierCreditDecision',
  'RiskAssessmentInformationNotValid',
  'CarrierCoverageFailure',
  'CustomerReturn',
  'MerchandiseNotReceived',
  'CannotVerifyInformation',
  'PricingError',
  'RejectOrder',
  'WeatherDelay',
);

const acknowledgement = sequence(
  one('AmazonOrderID', orderId),
  maybe('MerchantOrderID', words(50)),
  one('StatusCode', oneOf('Success', 'Failure')),
  many(
    'Item',
    sequence(
      one('AmazonOrderItemCode', itemCode),
      maybe('MerchantOrderItemID', words(50)),
      maybe('CancelReason', cancelReasons),
      maybe('Quantity', count),
    ),
  ),
);

const adjustmentReasons = oneOf(
  'NoInventory',
  'CustomerReturn',
  'GeneralAdjustment',
  'CouldNotShip',
  'DifferentItem',
  'Abandoned',
  'CustomerCancel',
  'PriceError',
  'ProductOutofStock',
  'CustomerAddressIncorrect',
  'Exchange',
  'Other',
  'CarrierCreditDecision',
  'RiskAssessmentInformationNotValid',
  'CarrierCoverageFailure',
  'TransactionRecord',
  'Undeliverable',
  'RefusedDelivery',
);
const componentTypes = oneOf(
  'Principal',
  'Shipping',
  'Tax',
  'ShippingTax',
  'RestockingFee',
  'RestockingFeeTax',
  'GiftWrap',
  'GiftWrapTax',
  'Surcharge',
  'ReturnShipping',
  'Goodwill',
  'ExportCharge',
  'COD',
  'CODTax',
  'Other',
  'FreeReplacementReturnShipping',
);
const componentsOf = (types: Content) =>
  many('Component', sequence(one('Type', types), one('Amount', amount)), 1);

const adjustment = sequence(
  orderReference,
  maybe('ActionType', oneOf('Refund', 'Cancel')),
  maybe('CODCollectionMethod', oneOf('DirectPayment')),
  many(
    'AdjustedItem',
    sequence(
      itemReference,
      maybe('MerchantAdjustmentItemID', words(50)),
      one('AdjustmentReason', adjustmentReasons),
      maybe('ItemPriceAdjustments', sequence(componentsOf(componentTypes))),
      many(
        'PromotionAdjustments',
        sequence(
          maybe('PromotionClaimCode', words(50)),
          maybe('MerchantPromotionID', words(80)),
          componentsOf(oneOf('Principal', 'Shipping')),
        ),
      ),
      maybe('DirectPaymentAdjustments', sequence(componentsOf(componentTypes))),
      maybe('QuantityCancelled', count),
      maybe('Quantity', count),
    ),
    1,
  ),
);

const address = sequence(
  one('Name', words(50)),
  maybe('FormalTitle', words(10)),
  maybe('GivenName', words(50)),
  maybe('FamilyName', words(50)),
  one('AddressFieldOne', words(180)),
  maybe('AddressFieldTwo', words(60)),
  maybe('AddressFieldThree', words(60)),
  maybe('City', words(50)),
  maybe('County', words(50)),
  maybe('StateOrRegion', words(50)),
  maybe('PostalCode', words(20)),
  one('CountryCode', matching(/^[A-Z]{2}$/)),
);

const fulfillment = sequence(
  orderReference,
  maybe('MerchantFulfillmentID', matching(/^\d{1,20}$/)),
  one('FulfillmentDate', time),
  maybe(
    'FulfillmentData',
    sequence(
      maybe('CarrierCode', words(50)),
      maybe('CarrierName', words(50)),
      maybe('ShippingMethod', words(50)),
      maybe('ShipperTrackingNumber', words(50)),
    ),
  ),
  maybe('CODCollectionMethod', oneOf('DirectPayment')),
  many(
    'Item',
    sequence(
      itemReference,
      maybe('MerchantFulfillmentItemID', matching(/^\d{1,20}$/)),
      maybe('Quantity', count),
      many('TransparencyCode', words(100), 0, 10),
    ),
  ),
  maybe('ShipFromAddress', address),
);

const bodies: Readonly<Record<string, Content>> = {
  OrderAcknowledgement: acknowledgement,
  OrderAdjustment: adjustment,
  OrderFulfillment: fulfillment,
};

/** The envelope around messages of one type. */
export function envelopeOf(messageType: string): Content {
  const body = bodies[messageType];
  if (!body) throw new Error(`There is no schema of ${messageType}.`);
  return sequence(
    one(
      'Header',
      sequence(
        one('DocumentVersion', matching(/^\d{1,2}\.\d{1,2}$/)),
        one('MerchantIdentifier', matching(/^\S{1,50}$/)),
      ),
    ),
    maybe('MarketplaceName', words(50)),
    one('MessageType', oneOf(...Object.keys(bodies))),
    maybe('PurgeAndReplace', oneOf('true', 'false', '0', '1')),
    maybe('EffectiveDate', time),
    many(
      'Message',
      sequence(
        one('MessageID', matching(/^[1-9]\d{0,19}$/)),
        maybe('OperationType', oneOf('Update', 'Delete', 'PartialUpdate')),
        either({ [messageType]: body }),
      ),
      1,
    ),
  );
}
