import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import {
  approves,
  approvesKept,
  asks,
  cancelledInAdmin,
  cancelledThere,
  claimed,
  declines,
  dropsKept,
  fulfilled,
  refundedInAdmin,
  refundedThere,
  refunds,
  sentAllTheSame,
  shippedThere,
  solves,
  together,
  undoes,
  unfulfilled,
  withdraws,
  type Deed,
} from '../end-states/deeds.ts';
import { endStatesOf, type EndState } from '../end-states/end-state.ts';
import { asMarkdown } from '../end-states/as-markdown.ts';
import {
  looksAgain,
  patienceMs,
  play,
  requestsOf,
  writesOf,
  type Outcome,
  type Part,
  type Row,
} from '../end-states/play.ts';
import { runningWorld } from '../running-world.ts';

// Scenarios × end states; with END_STATES=file the table is written there as Markdown. The rows of a part go side by side in one world, each on an order of its own, so that cancels and
// refunds of many orders share batches as they do at a merchant's.

const world = runningWorld({ web: true, keeps: true });

const one = { A: { units: 1, item: '25.00' } };
const two = { A: { units: 2, item: '50.00', shipping: '5.00' }, B: { units: 1, item: '12.00' } };
const free = { A: { units: 1, item: '0.00' } };

const end = (amazon: string, shopify: string, app: string): EndState => ({ amazon, shopify, app });
const nothing = null;
/** Shipped on both sides, with the parcel that staff sent. */
const shipped: readonly (Deed | null)[] = [fulfilled()];

const rows: readonly Row[] = [
  {
    name: 'CAN-4 CAN-6: the merchant approves',
    made: one,
    deeds: [asks(), approves()],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_amazon; cancel_shopify',
    ),
  },
  {
    name: 'CAN-4 CAN-6: the merchant cancels without a request, for missing stock',
    made: one,
    deeds: [nothing, approves(['--reason', 'NoInventory'])],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled INVENTORY; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_amazon; cancel_shopify',
    ),
  },
  {
    name: 'CAN-7: the merchant approves twice',
    made: one,
    deeds: [asks(), together(approves()), approves([], 'already_chosen')],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_amazon; cancel_shopify',
    ),
  },
  {
    name: 'CAN-8: the merchant approves, and takes it back',
    made: one,
    deeds: [asks(), approves(), undoes],
    end: end('UNSHIPPED', 'ON_HOLD; held A 1; marked; stock of A −1', 'asked_held'),
  },
  {
    name: 'CAN-17: the merchant declines and ships in Seller Central',
    made: one,
    deeds: [asks(), declines, shippedThere()],
    end: end(
      'SHIPPED; A 1 shipped; parcel 1Z999AA10123456784',
      'FULFILLED; parcel 1Z999AA10123456784; stock of A −1',
      'asked_too_late; fulfil_shopify',
    ),
  },
  {
    name: 'CAN-17: the merchant declines and ships from Shopify',
    made: one,
    deeds: [asks(), declines, fulfilled()],
    end: end(
      'SHIPPED; A 1 shipped; parcel 1Z999AA10123456784; heard confirmShipment',
      'FULFILLED; parcel 1Z999AA10123456784; stock of A −1',
      'asked_too_late; ship_amazon',
    ),
  },
  {
    name: 'REQ-7: the request is taken back',
    made: one,
    deeds: [asks(), withdraws],
    end: end('UNSHIPPED', 'UNFULFILLED; stock of A −1', 'in_step'),
  },
  {
    name: 'REQ-7 CAN-6: the request is taken back while the approval rests',
    made: one,
    deeds: [asks(), approves(), withdraws],
    end: end('UNSHIPPED', 'UNFULFILLED; stock of A −1', 'in_step; problem cancel_not_sent'),
  },
  {
    name: 'CAN-10: cancelled in admin with refund, as the buyer asked',
    made: one,
    deeds: [asks(), cancelledInAdmin('CUSTOMER', 'all')],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_amazon',
    ),
  },
  {
    name: 'CAN-10: cancelled in admin with refund, for missing stock',
    made: one,
    deeds: [nothing, cancelledInAdmin('INVENTORY', 'all')],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled INVENTORY; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_amazon',
    ),
  },
  {
    name: 'CAN-10: cancelled in admin with a part refunded',
    made: one,
    deeds: [nothing, refundedInAdmin('10.00'), cancelledInAdmin('INVENTORY', 'nothing')],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled INVENTORY; UNFULFILLED; refund 10.00; refund 15.00',
      'cancelled_in_step; problem rest_recorded; cancel_amazon; refund_shopify',
    ),
  },
  {
    name: 'CAN-10: cancelled in admin without refund',
    made: one,
    deeds: [asks(), cancelledInAdmin('CUSTOMER', 'nothing')],
    end: end(
      'UNSHIPPED',
      'cancelled CUSTOMER; UNFULFILLED; marked',
      'no_refund_in_shopify; problem no_refund_in_shopify',
    ),
  },
  {
    name: 'CAN-10: cancelled in admin without refund, recorded in one click',
    made: one,
    deeds: [
      asks(),
      cancelledInAdmin('CUSTOMER', 'nothing'),
      nothing,
      nothing,
      solves('no_refund_in_shopify', 'record'),
    ],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_amazon; refund_shopify',
    ),
  },
  {
    name: 'CAN-10: cancelled in admin with store credit',
    made: one,
    deeds: [asks(), cancelledInAdmin('CUSTOMER', 'credit')],
    end: end(
      'UNSHIPPED',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00 (shopify_store_credit); marked',
      'no_refund_in_shopify; problem store_credit',
    ),
  },
  {
    name: 'CAN-10: cancelled in admin with store credit, and on Amazon by a click',
    made: one,
    deeds: [
      asks(),
      cancelledInAdmin('CUSTOMER', 'credit'),
      nothing,
      nothing,
      solves('store_credit', 'also_cancel'),
    ],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00 (shopify_store_credit)',
      'cancelled_in_step; cancel_amazon',
    ),
  },
  {
    name: 'CAN-6: cancelled in admin as “customer” without a request',
    made: one,
    deeds: [nothing, cancelledInAdmin('CUSTOMER', 'all')],
    end: end(
      'UNSHIPPED',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00',
      'reason_asked; problem customer_without_request',
    ),
  },
  {
    name: 'CAN-6: cancelled in admin as “customer” without a request, a true reason is given',
    made: one,
    deeds: [
      nothing,
      cancelledInAdmin('CUSTOMER', 'all'),
      nothing,
      nothing,
      solves('customer_without_request', 'reason', '--value', 'NoInventory'),
    ],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_amazon',
    ),
  },
  {
    name: 'CAN-9: the buyer cancels in the first 30 minutes',
    made: one,
    placed: (now) => ({ createdTime: new Date(now - 600_000).toISOString() }),
    deeds: [cancelledThere('BUYER')],
    end: end(
      'CANCELLED; A 1 cancelled',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_shopify',
    ),
  },
  {
    name: 'IMP-2 CAN-9: the buyer cancels while the order is pending',
    made: one,
    placed: pending,
    deeds: [cancelledThere('BUYER')],
    end: end('CANCELLED; A 1 cancelled', 'not there', 'never_created'),
  },
  {
    name: 'CAN-9: Amazon cancels, nothing is gone',
    made: one,
    deeds: [nothing, cancelledThere('AMAZON')],
    end: end(
      'CANCELLED; A 1 cancelled',
      'cancelled OTHER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_shopify',
    ),
  },
  {
    name: 'CAN-9: cancelled in Seller Central',
    made: two,
    deeds: [nothing, cancelledThere('MERCHANT')],
    end: end(
      'CANCELLED; A 2 cancelled; B 1 cancelled',
      'cancelled OTHER; UNFULFILLED; refund 67.00',
      'cancelled_in_step; cancel_shopify',
    ),
  },
  {
    name: 'CAN-9: Amazon cancels, goods are gone',
    made: one,
    deeds: [fulfilled(null, null), cancelledThere('AMAZON')],
    end: end(
      'CANCELLED; A 1 cancelled',
      'FULFILLED; parcel without number; stock of A −1',
      'stop_parcel; problem stop_parcel',
    ),
  },
  {
    name: 'CAN-9: Amazon cancels, goods are gone, the parcel is stopped',
    made: one,
    deeds: [
      fulfilled(null, null),
      cancelledThere('AMAZON'),
      nothing,
      nothing,
      solves('stop_parcel', 'stopped'),
    ],
    end: end(
      'CANCELLED; A 1 cancelled',
      'cancelled OTHER; UNFULFILLED; refund 25.00; parcel without number (cancelled)',
      'cancelled_in_step; cancel_shopify; unfulfil_shopify',
    ),
  },
  {
    name: 'CAN-9: Amazon cancels, goods are gone for good',
    made: one,
    deeds: [fulfilled(null, null), cancelledThere('AMAZON'), nothing, nothing, solves('stop_parcel', 'gone')],
    end: end(
      'CANCELLED; A 1 cancelled',
      'FULFILLED; refund 25.00; parcel without number; stock of A −1',
      'stop_parcel; refund_shopify',
    ),
  },
  {
    name: 'CAN-9: a line is cancelled on Amazon',
    made: two,
    deeds: [nothing, cancelledThere('BUYER', 'B')],
    end: end(
      'UNSHIPPED; B 1 cancelled',
      'UNFULFILLED; refund 12.00; stock of A −2',
      'in_step; refund_shopify',
    ),
  },
  {
    name: 'CAN-14: cancelled in Seller Central while the approval rests',
    made: one,
    deeds: [asks(), approves(), cancelledThere('MERCHANT')],
    end: end(
      'CANCELLED; A 1 cancelled',
      'cancelled OTHER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_amazon; cancel_shopify',
    ),
  },
  {
    name: 'CAN-5: shipped in Seller Central while the approval rests',
    made: one,
    deeds: [asks(), approves(), shippedThere()],
    end: end(
      'SHIPPED; A 1 shipped; parcel 1Z999AA10123456784',
      'FULFILLED; parcel 1Z999AA10123456784; stock of A −1',
      'asked_too_late; fulfil_shopify',
    ),
  },
  {
    name: 'CAN-5 CAN-18: sent from Shopify while the approval rests',
    made: one,
    deeds: [nothing, approves(['--reason', 'NoInventory']), sentAllTheSame],
    end: end(
      'SHIPPED; A 1 shipped; parcel 1Z999AA10123456784; heard confirmShipment',
      'FULFILLED; parcel 1Z999AA10123456784; stock of A −1',
      'shipped_in_step; ship_amazon',
    ),
  },
  {
    name: 'CAN-11: cancelled in admin, but shipped',
    made: one,
    deeds: [nothing, cancelledInAdmin('CUSTOMER', 'all'), shippedThere()],
    end: end(
      'SHIPPED; A 1 shipped; parcel 1Z999AA10123456784',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00',
      'cancelled_shopify_goods_gone; problem cancelled_shopify_shipped',
    ),
  },
  {
    name: 'CAN-11: cancelled in admin, but shipped, refunded by a click',
    made: one,
    deeds: [
      nothing,
      cancelledInAdmin('CUSTOMER', 'all'),
      shippedThere(),
      nothing,
      solves('cancelled_shopify_shipped', 'refund'),
    ],
    end: end(
      'SHIPPED; A 1 shipped; feed refund: A Principal 25.00; parcel 1Z999AA10123456784; heard adjustment',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00',
      'cancelled_shopify_goods_gone; refund_amazon',
    ),
  },
  {
    name: 'CAN-11: cancelled in admin, but shipped, not refunded',
    made: one,
    deeds: [
      nothing,
      cancelledInAdmin('CUSTOMER', 'all'),
      shippedThere(),
      nothing,
      solves('cancelled_shopify_shipped', 'no_refund'),
    ],
    end: end(
      'SHIPPED; A 1 shipped; parcel 1Z999AA10123456784',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00',
      'cancelled_shopify_goods_gone',
    ),
  },
  {
    name: 'CAN-15: partial request, the rest ships first',
    made: two,
    deeds: [asks('B'), solves('partial_cancel_asked', 'rest_first'), fulfilled({ A: 2 })],
    end: end(
      'SHIPPED; A 2 shipped; B 1 cancelled; parcel 1Z999AA10123456784; heard adjustment; heard confirmShipment',
      'FULFILLED; refund 12.00; parcel 1Z999AA10123456784; stock of A −2',
      'refunded_in_step; refund_amazon; refund_shopify; ship_amazon',
    ),
  },
  {
    name: 'CAN-15: partial request, all is cancelled',
    made: two,
    deeds: [asks('B'), solves('partial_cancel_asked', 'cancel_all', '--value', 'NoInventory')],
    end: end(
      'CANCELLED; A 2 cancelled; B 1 cancelled; heard cancel',
      'cancelled INVENTORY; UNFULFILLED; refund 67.00',
      'cancelled_in_step; cancel_amazon; cancel_shopify',
    ),
  },
  {
    name: 'CAN-15: partial request, the rest has left already',
    made: two,
    deeds: [asks('B'), fulfilled({ A: 2 }), solves('partial_cancel_asked', 'rest_first')],
    end: end(
      'SHIPPED; A 2 shipped; B 1 cancelled; parcel 1Z999AA10123456784; heard adjustment; heard confirmShipment',
      'FULFILLED; refund 12.00; parcel 1Z999AA10123456784; stock of A −2',
      'refunded_in_step; refund_amazon; refund_shopify; ship_amazon',
    ),
  },
  {
    name: 'CAN-15: partial request, nobody decides',
    made: two,
    deeds: [asks('B')],
    end: end(
      'UNSHIPPED',
      'UNFULFILLED; held B 1; marked; stock of A −2; stock of B −1',
      'asked_some_lines; problem partial_cancel_asked',
    ),
  },
  {
    name: 'FUL-1 FUL-3: two parcels',
    made: two,
    deeds: [fulfilled({ A: 1 }, 'P1'), fulfilled(null, 'P2')],
    end: end(
      'SHIPPED; A 2 shipped; B 1 shipped; parcel P1; parcel P2; heard confirmShipment ×2',
      'FULFILLED; parcel P1; parcel P2; stock of A −2; stock of B −1',
      'shipped_in_step; ship_amazon ×2',
    ),
  },
  {
    name: 'FUL-5: the fulfilment is cancelled in Shopify',
    made: one,
    deeds: [fulfilled(), nothing, nothing, unfulfilled],
    end: end(
      'SHIPPED; A 1 shipped; parcel 1Z999AA10123456784; heard confirmShipment',
      'UNFULFILLED; parcel 1Z999AA10123456784 (cancelled); stock of A −1',
      'fulfilment_undone; problem fulfilment_undone; ship_amazon',
    ),
  },
  {
    name: 'REF-1 REF-3: refunded first in Shopify',
    made: two,
    deeds: [...shipped, nothing, refundedInAdmin('25.00', { letter: 'A', units: 1 })],
    end: end(
      'SHIPPED; A 2 shipped; B 1 shipped; feed refund: A Principal 25.00; parcel 1Z999AA10123456784; heard adjustment; heard confirmShipment',
      'FULFILLED; refund 25.00; parcel 1Z999AA10123456784; stock of A −2; stock of B −1',
      'refunded_in_step; refund_amazon; ship_amazon',
    ),
  },
  {
    name: 'REF-4: refunded first on Amazon',
    made: two,
    deeds: [...shipped, nothing, refundedThere('A', '20.00', '2.00')],
    end: end(
      'SHIPPED; A 2 shipped; B 1 shipped; seller-central refund: A Principal 20.00, A Shipping 2.00; parcel 1Z999AA10123456784; heard confirmShipment',
      'FULFILLED; refund 22.00; parcel 1Z999AA10123456784; stock of A −2; stock of B −1',
      'refunded_in_step; refund_shopify; ship_amazon',
    ),
  },
  {
    name: 'REF-1: refunded in the app',
    made: two,
    deeds: [...shipped, nothing, refunds('--amount', '7')],
    end: end(
      'SHIPPED; A 2 shipped; B 1 shipped; feed refund: A Principal 5.23, A Shipping 0.52, B Principal 1.25; parcel 1Z999AA10123456784; heard adjustment; heard confirmShipment',
      'FULFILLED; refund 7.00; parcel 1Z999AA10123456784; stock of A −2; stock of B −1',
      'refunded_in_step; refund_amazon; refund_shopify; ship_amazon',
    ),
  },
  {
    name: 'REF-5: equal refunds on both sides in the blind window',
    made: two,
    deeds: [...shipped, nothing, together(refundedInAdmin('12.00'), refundedThere('B', '12.00'))],
    end: end(
      'SHIPPED; A 2 shipped; B 1 shipped; seller-central refund: B Principal 12.00; parcel 1Z999AA10123456784; heard confirmShipment',
      'FULFILLED; refund 12.00; parcel 1Z999AA10123456784; stock of A −2; stock of B −1',
      'decide_refund; problem equal_refund_both; ship_amazon',
    ),
  },
  {
    name: 'REF-5: equal refunds on both sides, they are one',
    made: two,
    deeds: [
      ...shipped,
      nothing,
      together(refundedInAdmin('12.00'), refundedThere('B', '12.00')),
      nothing,
      solves('equal_refund_both', 'same'),
    ],
    end: end(
      'SHIPPED; A 2 shipped; B 1 shipped; seller-central refund: B Principal 12.00; parcel 1Z999AA10123456784; heard confirmShipment',
      'FULFILLED; refund 12.00; parcel 1Z999AA10123456784; stock of A −2; stock of B −1',
      'refunded_in_step; ship_amazon',
    ),
  },
  {
    name: 'REF-5: equal refunds on both sides, they are two',
    made: two,
    deeds: [
      ...shipped,
      nothing,
      together(refundedInAdmin('12.00'), refundedThere('B', '12.00')),
      nothing,
      solves('equal_refund_both', 'two'),
    ],
    end: end(
      'SHIPPED; A 2 shipped; B 1 shipped; seller-central refund: B Principal 12.00; feed refund: A Principal 10.91, A Shipping 1.09; parcel 1Z999AA10123456784; heard adjustment; heard confirmShipment',
      'FULFILLED; refund 12.00; refund 12.00; parcel 1Z999AA10123456784; stock of A −2; stock of B −1',
      'refunded_in_step; refund_amazon; refund_shopify; ship_amazon',
    ),
  },
  {
    name: 'REF-3: refunded twice in Shopify',
    made: two,
    deeds: [...shipped, nothing, refundedInAdmin('7.00'), refundedInAdmin('7.00')],
    end: end(
      'SHIPPED; A 2 shipped; B 1 shipped; feed refund: A Principal 5.23, A Shipping 0.52, B Principal 1.25; feed refund: A Principal 5.22, A Shipping 0.52, B Principal 1.26; parcel 1Z999AA10123456784; heard adjustment ×2; heard confirmShipment',
      'FULFILLED; refund 7.00; refund 7.00; parcel 1Z999AA10123456784; stock of A −2; stock of B −1',
      'refunded_in_step; refund_amazon ×2; ship_amazon',
    ),
  },
  {
    name: 'REF-3: refunded on Amazon, and the rest in Shopify',
    made: one,
    deeds: [...shipped, nothing, refundedThere('A', '20.00'), refundedInAdmin('5.00')],
    end: end(
      'SHIPPED; A 1 shipped; seller-central refund: A Principal 20.00; feed refund: A Principal 5.00; parcel 1Z999AA10123456784; heard adjustment; heard confirmShipment',
      'FULFILLED; refund 5.00; refund 20.00; parcel 1Z999AA10123456784; stock of A −1',
      'refunded_in_step; refund_amazon; refund_shopify; ship_amazon',
    ),
  },
  {
    name: 'REF-3 REF-4: claim and chargeback',
    made: one,
    deeds: [...shipped, nothing, claimed('a-to-z', '3.00'), claimed('chargeback', '2.00')],
    end: end(
      'SHIPPED; A 1 shipped; a-to-z refund: A Principal 3.00; chargeback refund: A Principal 2.00; parcel 1Z999AA10123456784; heard confirmShipment',
      'FULFILLED; refund 3.00; refund 2.00; parcel 1Z999AA10123456784; stock of A −1',
      'refunded_in_step; refund_shopify ×2; ship_amazon',
    ),
  },
  {
    name: 'REF-2: refunded before shipping',
    made: one,
    deeds: [nothing, refundedInAdmin('5.00')],
    end: end(
      'UNSHIPPED',
      'UNFULFILLED; refund 5.00; stock of A −1',
      'refund_waits_ship; problem refund_before_ship',
    ),
  },
  {
    name: 'REF-2: refunded before shipping, sent after it',
    made: one,
    deeds: [nothing, refundedInAdmin('5.00'), solves('refund_before_ship', 'after_shipping'), fulfilled()],
    end: end(
      'SHIPPED; A 1 shipped; feed refund: A Principal 5.00; parcel 1Z999AA10123456784; heard adjustment; heard confirmShipment',
      'FULFILLED; refund 5.00; parcel 1Z999AA10123456784; stock of A −1',
      'refunded_in_step; refund_amazon; ship_amazon',
    ),
  },
  {
    name: 'CAN-3 CAN-9: already refunded, Amazon cancels',
    made: one,
    deeds: [nothing, refundedInAdmin('25.00'), cancelledThere('AMAZON')],
    end: end(
      'CANCELLED; A 1 cancelled',
      'cancelled OTHER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_shopify',
    ),
  },
  {
    name: 'CAN-3: already refunded, the merchant approves',
    made: one,
    deeds: [asks(), refundedInAdmin('25.00'), approves()],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_amazon; cancel_shopify',
    ),
  },
  {
    name: 'CAN-3: zero-value order, not confirmed',
    made: free,
    deeds: [asks(), approves([], 'zero_order_needs_confirm')],
    end: end('UNSHIPPED', 'ON_HOLD; held A 1; marked; stock of A −1', 'asked_held'),
  },
  {
    name: 'CAN-3: zero-value order, confirmed',
    made: free,
    deeds: [asks(), approves(['--free'])],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled CUSTOMER; UNFULFILLED',
      'cancelled_in_step; cancel_amazon; cancel_shopify',
    ),
  },
  {
    name: 'CAN-3: zero-value order, cancelled in admin',
    made: free,
    deeds: [asks(), cancelledInAdmin('CUSTOMER', 'all')],
    end: end(
      'UNSHIPPED',
      'cancelled CUSTOMER; UNFULFILLED; marked',
      'no_refund_in_shopify; problem no_refund_in_shopify',
    ),
  },
  {
    name: 'CAN-3: zero-value order, cancelled in admin, confirmed',
    made: free,
    deeds: [
      asks(),
      cancelledInAdmin('CUSTOMER', 'all'),
      nothing,
      nothing,
      solves('no_refund_in_shopify', 'record'),
    ],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled CUSTOMER; UNFULFILLED',
      'cancelled_in_step; cancel_amazon',
    ),
  },
  {
    name: 'CAN-3 CAN-9: zero-value order, Amazon cancels',
    made: free,
    deeds: [nothing, cancelledThere('AMAZON')],
    end: end('CANCELLED; A 1 cancelled', 'cancelled OTHER; UNFULFILLED', 'cancelled_in_step; cancel_shopify'),
  },
  {
    name: 'IMP-9: adopted order, the buyer asks',
    made: one,
    before: broughtIn(),
    deeds: [asks()],
    end: end('UNSHIPPED', 'ON_HOLD; held A 1; marked', 'asked_held; problem adopted_confirm'),
  },
  {
    name: 'IMP-9: adopted order, cancelled in admin',
    made: one,
    before: broughtIn(),
    deeds: [asks(), cancelledInAdmin('CUSTOMER', 'all')],
    end: end(
      'UNSHIPPED',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00; marked',
      'asked_held; problem adopted_confirm; problem cancel_not_sent',
    ),
  },
  {
    name: 'IMP-9: adopted order that is ours now, cancelled in admin',
    made: one,
    before: broughtIn(),
    deeds: [asks(), solves('adopted_confirm', 'concord'), cancelledInAdmin('CUSTOMER', 'all')],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_amazon',
    ),
  },
  {
    name: 'IMP-9: adopted order, sent from Shopify',
    made: one,
    before: broughtIn(),
    deeds: [nothing, fulfilled()],
    end: end(
      'UNSHIPPED',
      'FULFILLED; parcel 1Z999AA10123456784',
      'differs; problem adopted_confirm; problem sides_differ',
    ),
  },
  {
    name: 'IMP-9: adopted order, Amazon cancels',
    made: one,
    before: broughtIn(),
    deeds: [nothing, cancelledThere('AMAZON')],
    end: end(
      'CANCELLED; A 1 cancelled',
      'UNFULFILLED',
      'differs; problem adopted_confirm; problem sides_differ',
    ),
  },
  {
    name: 'IMP-9: adopted order, shipped and refunded on Amazon',
    made: one,
    before: broughtIn(),
    deeds: [nothing, shippedThere(), refundedThere('A', '5.00')],
    end: end(
      'SHIPPED; A 1 shipped; seller-central refund: A Principal 5.00; parcel 1Z999AA10123456784',
      'UNFULFILLED',
      'differs; problem adopted_confirm; problem sides_differ',
    ),
  },
];

/** Another app brought the order in, before this one saw it. */
function broughtIn(): Deed {
  return {
    says: 'another app brought it in',
    run: ({ id, sku, mutate }) => {
      const money = { shopMoney: { amount: '25.00', currencyCode: 'USD' } };
      return mutate(
        `mutation($order: OrderCreateOrderInput!) { orderCreate(order: $order) { userErrors { message } } }`,
        {
          order: {
            currency: 'USD',
            sourceName: 'connector',
            sourceIdentifier: id,
            lineItems: [
              { title: 'Thing A', sku: sku('A'), quantity: 1, requiresShipping: true, priceSet: money },
            ],
            transactions: [{ kind: 'SALE', status: 'SUCCESS', gateway: 'amazon', amountSet: money }],
          },
        },
      );
    },
  };
}

function pending(now: number) {
  return {
    createdTime: new Date(now - 600_000).toISOString(),
    fulfillment: {
      fulfillmentStatus: 'PENDING',
      fulfilledBy: 'MERCHANT',
      fulfillmentServiceLevel: 'STANDARD',
    },
  };
}

const inOutage: readonly Row[] = [
  {
    name: 'REQ-3: a day’s outage: the buyer asks',
    made: one,
    deeds: [nothing, nothing, asks()],
    end: end('UNSHIPPED', 'ON_HOLD; held A 1; marked; stock of A −1', 'asked_held'),
  },
  {
    name: 'CAN-12: a day’s outage: approved just before',
    made: one,
    deeds: [asks(), approves()],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_amazon; cancel_shopify',
    ),
  },
  {
    name: 'CAN-12: a day’s outage: cancelled in admin more than a day ago',
    made: one,
    deeds: [nothing, nothing, cancelledInAdmin('INVENTORY', 'all')],
    end: end(
      'UNSHIPPED',
      'cancelled INVENTORY; UNFULFILLED; refund 25.00',
      'quarantined; problem quarantined',
    ),
  },
  {
    name: 'CAN-10: a day’s outage: cancelled in admin',
    made: one,
    deeds: [nothing, nothing, nothing, cancelledInAdmin('INVENTORY', 'all')],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled INVENTORY; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_amazon',
    ),
  },
  {
    name: 'CAN-10: a day’s outage: the buyer asks, cancelled in admin',
    made: one,
    deeds: [nothing, nothing, asks(), cancelledInAdmin('CUSTOMER', 'all')],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_amazon',
    ),
  },
  {
    name: 'CAN-12: a day’s outage: sent from Shopify more than a day ago',
    made: one,
    deeds: [nothing, nothing, fulfilled()],
    end: end(
      'UNSHIPPED',
      'FULFILLED; parcel 1Z999AA10123456784; stock of A −1',
      'quarantined; problem quarantined',
    ),
  },
  {
    name: 'FUL-1: a day’s outage: sent from Shopify',
    made: one,
    deeds: [nothing, nothing, nothing, fulfilled()],
    end: end(
      'SHIPPED; A 1 shipped; parcel 1Z999AA10123456784; heard confirmShipment',
      'FULFILLED; parcel 1Z999AA10123456784; stock of A −1',
      'shipped_in_step; ship_amazon',
    ),
  },
  {
    name: 'REF-1: a day’s outage: refunded in Shopify',
    made: one,
    deeds: [fulfilled(), nothing, nothing, refundedInAdmin('5.00')],
    end: end(
      'SHIPPED; A 1 shipped; feed refund: A Principal 5.00; parcel 1Z999AA10123456784; heard adjustment; heard confirmShipment',
      'FULFILLED; refund 5.00; parcel 1Z999AA10123456784; stock of A −1',
      'refunded_in_step; refund_amazon; ship_amazon',
    ),
  },
  {
    name: 'CAN-9: a day’s outage: Amazon cancels',
    made: one,
    deeds: [nothing, nothing, cancelledThere('AMAZON')],
    end: end(
      'CANCELLED; A 1 cancelled',
      'cancelled OTHER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_shopify',
    ),
  },
  {
    name: 'CAN-9: a day’s outage: a line is cancelled on Amazon',
    made: two,
    deeds: [nothing, nothing, cancelledThere('BUYER', 'B')],
    end: end(
      'UNSHIPPED; B 1 cancelled',
      'UNFULFILLED; refund 12.00; stock of A −2',
      'in_step; refund_shopify',
    ),
  },
  {
    name: 'FUL-4: a day’s outage: shipped in Seller Central',
    made: one,
    deeds: [nothing, nothing, shippedThere()],
    end: end(
      'SHIPPED; A 1 shipped; parcel 1Z999AA10123456784',
      'FULFILLED; parcel 1Z999AA10123456784; stock of A −1',
      'shipped_in_step; fulfil_shopify',
    ),
  },
  {
    name: 'REF-4: a day’s outage: refunded in Seller Central',
    made: one,
    deeds: [fulfilled(), nothing, nothing, refundedThere('A', '5.00')],
    end: end(
      'SHIPPED; A 1 shipped; seller-central refund: A Principal 5.00; parcel 1Z999AA10123456784; heard confirmShipment',
      'FULFILLED; refund 5.00; parcel 1Z999AA10123456784; stock of A −1',
      'refunded_in_step; refund_shopify; ship_amazon',
    ),
  },
  {
    name: 'CAN-11: a day’s outage: shipped in Seller Central, cancelled in admin',
    made: one,
    deeds: [nothing, nothing, shippedThere(), cancelledInAdmin('INVENTORY', 'all')],
    end: end(
      'SHIPPED; A 1 shipped; parcel 1Z999AA10123456784',
      'cancelled INVENTORY; UNFULFILLED; refund 25.00',
      'cancelled_shopify_goods_gone; problem cancelled_shopify_shipped',
    ),
  },
  {
    name: 'CAN-9: a day’s outage: Amazon cancels, sent from Shopify',
    made: one,
    deeds: [nothing, nothing, cancelledThere('AMAZON'), fulfilled()],
    end: end(
      'CANCELLED; A 1 cancelled',
      'FULFILLED; parcel 1Z999AA10123456784; stock of A −1',
      'stop_parcel; problem stop_parcel',
    ),
  },
  {
    name: 'REF-5: a day’s outage: refunded on both sides',
    made: one,
    deeds: [fulfilled(), nothing, refundedThere('A', '5.00'), refundedInAdmin('5.00')],
    end: end(
      'SHIPPED; A 1 shipped; seller-central refund: A Principal 5.00; parcel 1Z999AA10123456784; heard confirmShipment',
      'FULFILLED; refund 5.00; parcel 1Z999AA10123456784; stock of A −1',
      'decide_refund; problem equal_refund_both; ship_amazon',
    ),
  },
];

const uninstalled: readonly Row[] = [
  {
    name: 'REQ-3: reinstalled: the buyer asks',
    made: one,
    deeds: [nothing, nothing, asks()],
    end: end('UNSHIPPED', 'ON_HOLD; held A 1; marked; stock of A −1', 'asked_held'),
  },
  {
    name: 'CAN-12: reinstalled: approved just before',
    made: one,
    deeds: [asks(), approves()],
    end: end('UNSHIPPED', 'ON_HOLD; held A 1; marked; stock of A −1', 'asked_held; problem approval_stale'),
  },
  {
    name: 'CAN-12: reinstalled: approved just before, and again',
    made: one,
    deeds: [asks(), approves(), nothing, nothing, solves('approval_stale', 'again')],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled CUSTOMER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_amazon; cancel_shopify',
    ),
  },
  {
    name: 'CAN-12: reinstalled: cancelled in admin',
    made: one,
    deeds: [nothing, nothing, nothing, cancelledInAdmin('INVENTORY', 'all')],
    end: end(
      'UNSHIPPED',
      'cancelled INVENTORY; UNFULFILLED; refund 25.00',
      'quarantined; problem quarantined',
    ),
  },
  {
    name: 'CAN-12: reinstalled: cancelled in admin, approved',
    made: one,
    deeds: [nothing, nothing, nothing, cancelledInAdmin('INVENTORY', 'all'), approvesKept],
    end: end(
      'CANCELLED; A 1 cancelled; heard cancel',
      'cancelled INVENTORY; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_amazon',
    ),
  },
  {
    name: 'CAN-12: reinstalled: cancelled in admin, dropped',
    made: one,
    deeds: [nothing, nothing, nothing, cancelledInAdmin('INVENTORY', 'all'), dropsKept],
    end: end('UNSHIPPED', 'cancelled INVENTORY; UNFULFILLED; refund 25.00', 'left_as_it_is'),
  },
  {
    name: 'CAN-12: reinstalled: sent from Shopify',
    made: one,
    deeds: [nothing, nothing, nothing, fulfilled()],
    end: end(
      'UNSHIPPED',
      'FULFILLED; parcel 1Z999AA10123456784; stock of A −1',
      'quarantined; problem quarantined',
    ),
  },
  {
    name: 'CAN-12: reinstalled: sent from Shopify, approved',
    made: one,
    deeds: [nothing, nothing, nothing, fulfilled(), approvesKept],
    end: end(
      'SHIPPED; A 1 shipped; parcel 1Z999AA10123456784; heard confirmShipment',
      'FULFILLED; parcel 1Z999AA10123456784; stock of A −1',
      'shipped_in_step; ship_amazon',
    ),
  },
  {
    name: 'CAN-12: reinstalled: refunded in Shopify',
    made: one,
    deeds: [fulfilled(), nothing, nothing, refundedInAdmin('5.00')],
    end: end(
      'SHIPPED; A 1 shipped; parcel 1Z999AA10123456784; heard confirmShipment',
      'FULFILLED; refund 5.00; parcel 1Z999AA10123456784; stock of A −1',
      'quarantined; problem quarantined; ship_amazon',
    ),
  },
  {
    name: 'CAN-12: reinstalled: refunded in Shopify, approved',
    made: one,
    deeds: [fulfilled(), nothing, nothing, refundedInAdmin('5.00'), approvesKept],
    end: end(
      'SHIPPED; A 1 shipped; feed refund: A Principal 5.00; parcel 1Z999AA10123456784; heard adjustment; heard confirmShipment',
      'FULFILLED; refund 5.00; parcel 1Z999AA10123456784; stock of A −1',
      'refunded_in_step; refund_amazon; ship_amazon',
    ),
  },
  {
    name: 'CAN-9: reinstalled: Amazon cancels',
    made: one,
    deeds: [nothing, nothing, cancelledThere('AMAZON')],
    end: end(
      'CANCELLED; A 1 cancelled',
      'cancelled OTHER; UNFULFILLED; refund 25.00',
      'cancelled_in_step; cancel_shopify',
    ),
  },
  {
    name: 'CAN-14: reinstalled: cancelled on both sides',
    made: one,
    deeds: [nothing, nothing, cancelledThere('AMAZON'), cancelledInAdmin('INVENTORY', 'all')],
    end: end(
      'CANCELLED; A 1 cancelled',
      'cancelled INVENTORY; UNFULFILLED; refund 25.00',
      'cancelled_in_step',
    ),
  },
  {
    name: 'FUL-4: reinstalled: shipped in Seller Central',
    made: one,
    deeds: [nothing, nothing, shippedThere()],
    end: end(
      'SHIPPED; A 1 shipped; parcel 1Z999AA10123456784',
      'FULFILLED; parcel 1Z999AA10123456784; stock of A −1',
      'shipped_in_step; fulfil_shopify',
    ),
  },
  {
    name: 'REF-4: reinstalled: refunded in Seller Central',
    made: one,
    deeds: [fulfilled(), nothing, refundedThere('A', '5.00')],
    end: end(
      'SHIPPED; A 1 shipped; seller-central refund: A Principal 5.00; parcel 1Z999AA10123456784; heard confirmShipment',
      'FULFILLED; refund 5.00; parcel 1Z999AA10123456784; stock of A −1',
      'refunded_in_step; refund_shopify; ship_amazon',
    ),
  },
];

const advance = (time: string) => world.control('POST', '/clock', { advance: time });
const workers = (count: number) => world.control('POST', '/workers', { count });
const installed = async (is: boolean) => {
  await world.control('POST', '/shopify/install', { installed: is });
  const isSo = 'select true from shop where (uninstalled_at is null) = $1';
  while ((await world.database.owner(isSo, [is])).length === 0) await setTimeout(20);
};
const operations = {
  ship_amazon: 'confirmShipment',
  cancel_shopify: 'orderCancel',
  refund_shopify: 'refundCreate',
  fulfil_shopify: 'fulfillmentCreate',
  unfulfil_shopify: 'fulfillmentCancel',
} as const;
const feedQuery = 'select feed_type, state, messages from feed order by started_at';
let counts: {
  readonly commands: readonly { readonly kind: string; readonly n: number; readonly attempts: number }[];
  readonly requests: Readonly<Record<string, number>>;
  readonly feeds: readonly {
    readonly feed_type: string;
    readonly state: string;
    readonly messages: number;
  }[];
};

// A usual run leaves the day's outage out; END_STATES plays all.
const whole: readonly [Part, number][] = [
  [{ rows, idleAfter: 4 }, 1],
  [
    {
      rows: inOutage,
      idleAfter: 5,
      away: {
        steps: [2, 3],
        leave: () => workers(0),
        pass: () => advance('PT12H'),
        comeBack: async () => {
          await advance('PT12H');
          await workers(1);
        },
      },
    },
    101,
  ],
  [
    {
      rows: uninstalled,
      idleAfter: 5,
      away: {
        steps: [2, 3],
        leave: () => installed(false),
        pass: () => advance('PT13H'),
        comeBack: async () => {
          await advance('PT13H');
          await installed(true);
        },
      },
    },
    201,
  ],
];
const parts = whole.filter(
  ([{ rows: some }]) => some !== inOutage || process.env['END_STATES'] !== undefined,
);
const came = new Map<string, Outcome>();
/** What was written where nothing was to be done: when all was looked at again, and after the app was installed again. */
const needless: Record<string, readonly string[]> = {};
let reinstalled: readonly EndState[] = [];
let erased: readonly EndState[] = [];
let seen = '';

async function writtenBy(work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = (await writesOf(world)).length;
  await work();
  return (await writesOf(world)).slice(before);
}

/** Gives the app up, has all erased that it kept, and installs it anew: all orders are brought in again. */
async function startAnew(): Promise<void> {
  await installed(false);
  await advance('PT48H');
  await world.control('POST', '/shopify/privacy', { topic: 'shop/redact' });
  while ((await world.database.owner('select 1 from shop')).length > 0) await setTimeout(20);
  await installed(true);
  await world.settle(false, patienceMs);
  const [{ hands }] = [...came.values()] as [Outcome];
  const { status, data } = await hands.concord('backfill', '--since', '2026-11-01', '--json');
  seen = `${String(status)} ${JSON.stringify(data['counts'])}`;
  await world.settle(true, patienceMs);
}

beforeAll(async () => {
  await world.control('POST', '/behaviour', { name: 'amazon.finance-lag', value: '6h' });
  // So long that every scenario can do something while an approval rests.
  await world.database.owner(`update shop set settings = settings || '{"undoMinutes": 30}'`);
  for (const [part, first] of parts)
    for (const [name, outcome] of await play(world, part, first)) came.set(name, outcome);
  needless['looked at again'] = await looksAgain(world);
  const hands = [...came.values()].map((one) => one.hands);
  const sent = await world.database.owner<{ kind: string; n: number; attempts: number }>(
    `select kind, count(*)::int as n, sum(attempt)::int as attempts from command
     where kind in ('ship_amazon', 'cancel_shopify', 'refund_shopify', 'fulfil_shopify', 'unfulfil_shopify') group by kind`,
  );
  counts = {
    commands: sent,
    requests: await requestsOf(world),
    feeds: await world.database.owner(feedQuery),
  };
  needless['installed again'] = await writtenBy(async () => {
    await installed(false);
    await advance('PT1H');
    await installed(true);
    await world.settle(true, patienceMs);
  });
  reinstalled = await endStatesOf(world, hands);
  needless['installed anew'] = await writtenBy(startAnew);
  erased = await endStatesOf(world, hands);
  const file = process.env['END_STATES'];
  const all = parts.flatMap(([part]) => part.rows);
  if (file !== undefined) await writeFile(file, asMarkdown(all, came));
}, 900_000);

for (const [{ rows: some }] of parts)
  for (const row of some)
    it(row.name, () => {
      const outcome = came.get(row.name);
      expect(outcome?.undone).toEqual([]);
      expect(outcome?.end).toEqual(row.end);
    });

it('PRO-1 PRO-2: when all orders are looked at again, nothing is written', () => {
  expect(needless['looked at again']).toEqual([]);
});

it('CAN-7 PRO-3: each side gets each write once, and every feed is done', () => {
  const staff = (name: string) =>
    [...came.values()].flatMap(({ hands }) => hands.did).filter((one) => one === name).length;
  const sent = new Map(counts.commands.map(({ kind, n, attempts }) => [kind, { n, attempts }]));
  for (const [kind, operation] of Object.entries(operations)) {
    expect(sent.get(kind)?.n, kind).toBeGreaterThan(0);
    expect([kind, sent.get(kind)?.attempts]).toEqual([kind, sent.get(kind)?.n]);
    expect([operation, (counts.requests[operation] ?? 0) - staff(operation)]).toEqual([
      operation,
      sent.get(kind)?.n,
    ]);
  }
  expect(new Set(counts.feeds.map(({ state }) => state))).toEqual(new Set(['done']));
  expect(counts.requests['createFeed']).toBe(counts.feeds.length);
});

it('CAN-7 CAN-12: installed again, with orders cancelled, shipped and refunded: nothing is sent, and all stands as before', () => {
  expect(needless['installed again']).toEqual([]);
  expect(reinstalled.map(({ amazon, shopify }) => [amazon, shopify])).toEqual(
    [...came.values()].map(({ end: { amazon, shopify } }) => [amazon, shopify]),
  );
});

it('IMP-5 CAN-12: installed anew without memory: no order is made, and nothing is cancelled, refunded or confirmed', () => {
  expect(seen).toBe(
    `0 ${JSON.stringify({ create: 0, adopt: 0, there: came.size - 1, leave: 1, odd: 0, read: came.size, markets: { ATVPDKIKX0DER: came.size } })}`,
  );
  const money = ['createFeed', 'confirmShipment', 'orderCreate', 'orderCancel', 'refundCreate'];
  expect(needless['installed anew']?.filter((one) => money.includes(one))).toEqual([]);
  expect(erased.map(({ amazon }) => amazon)).toEqual([...came.values()].map(({ end: { amazon } }) => amazon));
});
