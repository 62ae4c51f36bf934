import type { WorldParts } from '../contract.ts';
import type { Answer } from './answers.ts';
import { confirmShipment } from './confirm-shipment.ts';
import type { FeedTarget } from './feed-operations.ts';
import { feeds } from './feeds/feeds.ts';
import { feedWork } from './feeds/work-on-feed.ts';
import { financeLagMs } from './money/books.ts';
import { listTransactions } from './money/list-transactions.ts';
import { publishFeedEnd } from './publish.ts';
import type { Seller } from './seller.ts';
import type { SellerDesk } from './seller-desk.ts';
import type { Call } from './serve.ts';
import type { Subscriptions } from './subscriptions.ts';

interface Own {
  readonly subscriptions: Subscriptions;
  readonly deskOf: (seller: Seller) => SellerDesk;
}

/** Answers a call around feeds, confirmShipment or listTransactions. Throws BadParameter for what Amazon refuses. */
export function feedCall(
  parts: WorldParts,
  { subscriptions, deskOf }: Own,
  seller: Seller,
  { target, subject, query, body }: Call & { readonly target: FeedTarget },
): Answer {
  const now = parts.clock.now();
  const desk = deskOf(seller);
  const { operation, id } = target;
  if (operation === 'confirmShipment') return confirmShipment(seller, desk, id, body);
  if (operation === 'listTransactions') return listTransactions(seller, query, now, financeLagMs(parts));
  const work = feedWork({
    parts,
    seller,
    desk,
    tell: (feed) => publishFeedEnd(parts, subscriptions, seller, feed),
  });
  return feeds({ now, faults: parts.faults, work }, seller, { operation, id, subject, query, body });
}
