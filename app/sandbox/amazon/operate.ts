import type { WorldParts } from '../contract.ts';
import { refusalOfApp, sellerOf } from './access.ts';
import {
  accessDenied,
  type Answer,
  invalidInput,
  notFound,
  notOffered,
  quotaExceeded,
  unauthorized,
} from './answers.ts';
import { answerOf, appstore, confirm, consent, type ConsentParts } from './consent.ts';
import { getOrder } from './get-order.ts';
import { type AccessToken, login, type LoginParts } from './login.ts';
import { grantless } from './notification-operations.ts';
import { notifications } from './notifications.ts';
import { type Buckets, type Operation, usagePlans } from './operations.ts';
import { participations } from './participations.ts';
import { BadParameter, includedData } from './query.ts';
import { documentAnswer, uploadAnswer } from './documents.ts';
import { feedCall } from './feed-call.ts';
import { reports } from './reports.ts';
import { fileStyle, flagStyle } from './report-style.ts';
import { searchOrders } from './search-orders.ts';
import { searchRequest } from './search-parameters.ts';
import type { SellerDesk } from './seller-desk.ts';
import type { Seller } from './seller.ts';
import type { Call } from './serve.ts';
import type { Subscriptions } from './subscriptions.ts';
import { switches } from './switches.ts';

type OrderCall = Call & { readonly target: Extract<Call['target'], { kind: 'searchOrders' | 'getOrder' }> };

function read(parts: WorldParts, seller: Seller, call: OrderCall): Answer {
  const { target, query, subject } = call;
  const now = parts.clock.now();
  const data = includedData(query);
  if (data.length > 0) {
    const value = parts.faults.take('amazon', ['refuse-data'], subject)?.value;
    if (value !== undefined && data.some((asked) => asked === value)) return accessDenied(value);
  }
  const openBuyersOnly = parts.behaviour.get(switches.buyerData) === 'open-orders';
  if (target.kind === 'getOrder') return getOrder(seller, target.orderId, data, openBuyersOnly);
  const request = searchRequest(query, now, parts.behaviour.get(switches.afterTooYoung) === 'refused');
  const { marketplaceIds } = seller.account;
  if (marketplaceIds !== undefined && request.marketplaceIds?.some((id) => !marketplaceIds.includes(id))) {
    return unauthorized('The seller does not sell in one of the marketplaces.');
  }
  const fault = parts.faults.take('amazon', ['search-lag'], subject);
  return searchOrders(seller, request, query, now, { openBuyersOnly, lag: fault?.ms ?? 0 });
}

/** Takes a slot of the bucket; answers with the rate, as Amazon does. */
function limited(parts: WorldParts, buckets: Buckets, operation: Operation, work: () => Answer): Answer {
  if (!buckets[operation].take(parts.clock.now())) return quotaExceeded();
  const headers = { 'x-amzn-RateLimit-Limit': String(usagePlans[operation].rate) };
  try {
    const answer = work();
    return answer.status === 403 ? answer : { ...answer, headers };
  } catch (error) {
    if (error instanceof BadParameter) return { ...invalidInput(error.message), headers };
    throw error;
  }
}

/** What the operations work on beside the world: who may log in, and what is the app's own. */
export interface OperateParts extends LoginParts {
  readonly subscriptions: Subscriptions;
  /** Buckets of the operations that belong to no seller. */
  readonly ownBuckets: Buckets;
  /** The desk of a seller's orders. */
  readonly deskOf: (seller: Seller) => SellerDesk;
  /** The app as it is registered; null where none runs. */
  readonly app: () => ConsentParts['app'];
}

/** Amazon's authorisation pages, which a person sees in their browser. */
function pageFor(
  parts: WorldParts,
  own: OperateParts,
  call: Call & { readonly target: Extract<Call['target'], { kind: 'consent' | 'store' | 'confirm' }> },
): Answer {
  const { target, query, headers, method, body } = call;
  const pages: ConsentParts = {
    app: own.app(),
    sellers: own.sellers,
    codes: own.codes,
    cancelLeadsBack: parts.behaviour.get(switches.consentCancel) === 'leads-back',
  };
  const answer = answerOf(method, body);
  if (target.kind === 'confirm') return confirm(pages, query, target.applicationId);
  return target.kind === 'store'
    ? appstore(pages, `http://${headers.host ?? ''}`, answer)
    : consent(pages, query, answer);
}

function withSeller(
  parts: WorldParts,
  { tokens, sellers }: LoginParts,
  call: Call,
  work: (seller: Seller, token: AccessToken) => Answer,
): Answer {
  const { operation } = call.target;
  const access = sellerOf(call.headers['x-amz-access-token'], tokens, sellers, parts.clock.now());
  if ('refused' in access) return access.refused;
  if (access.token.restrictedTo && operation !== 'getReportDocument')
    return unauthorized('The restricted data token is not for this resource.');
  return operation === null || operation === 'token'
    ? notFound('There is no such resource.')
    : limited(parts, access.seller.buckets, operation, () => work(access.seller, access.token));
}

function ownCall(parts: WorldParts, own: OperateParts, call: Call, operation: Operation, work: () => Answer) {
  const scope = 'sellingpartnerapi::notifications';
  const token = call.headers['x-amz-access-token'];
  return (
    refusalOfApp(token, own.tokens, scope, parts.clock.now()) ??
    limited(parts, own.ownBuckets, operation, work)
  );
}

/** Answers one request: login, one of the operations, or why not. */
export function operate(parts: WorldParts, own: OperateParts, call: Call): Answer {
  const { target, headers, body } = call;
  const isOperation = target.operation !== null && target.kind !== 'login';
  if (isOperation && headers['user-agent'] === undefined)
    return invalidInput('The user-agent header is missing.');
  switch (target.kind) {
    case 'login':
      return login(own, body, headers['content-type'] ?? '');
    case 'consent':
    case 'store':
    case 'confirm':
      return pageFor(parts, own, { ...call, target });
    case 'participations':
      return withSeller(parts, own, call, (seller) => participations(seller, headers.host));
    case 'later':
      return notOffered(call.subject.path ?? 'this');
    case 'unknown':
      return notFound('There is no such resource.');
    case 'notifications': {
      const work = (sellerId: string | null) => notifications(own.subscriptions, target, sellerId, body);
      if (grantless.has(target.operation))
        return ownCall(parts, own, call, target.operation, () => work(null));
      return withSeller(parts, own, call, ({ account }) => work(account.sellerId));
    }
    case 'reports':
      return withSeller(parts, own, call, (seller, token) => {
        const { faults, behaviour } = parts;
        const world = {
          now: parts.clock.now(),
          faults,
          tokens: own.tokens,
          style: fileStyle(behaviour),
          flags: flagStyle(behaviour),
        };
        return reports(world, seller, { ...call, target, token });
      });
    case 'feeds':
      return withSeller(parts, own, call, (seller) => feedCall(parts, own, seller, { ...call, target }));
    case 'upload':
      return uploadAnswer(own.sellers.values(), target.key, headers, call.bytes);
    case 'document':
      return documentAnswer(own.sellers.values(), target.key, parts.clock.now());
    case 'searchOrders':
    case 'getOrder':
      return withSeller(parts, own, call, (seller) => read(parts, seller, { ...call, target }));
  }
}
