import type { WorldParts } from '../contract.ts';
import { sellerOf } from './access.ts';
import {
  accessDenied,
  type Answer,
  invalidInput,
  notFound,
  notOffered,
  quotaExceeded,
  unauthorized,
} from './answers.ts';
import { getOrder } from './get-order.ts';
import { login, type LoginParts } from './login.ts';
import { type Operation, usagePlans } from './operations.ts';
import { BadParameter, includedData } from './query.ts';
import { searchOrders } from './search-orders.ts';
import { searchRequest } from './search-parameters.ts';
import type { Seller } from './seller.ts';
import type { Call } from './serve.ts';
import { switches } from './switches.ts';

function read(parts: WorldParts, seller: Seller, call: Call): Answer {
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

function limited(parts: WorldParts, operation: Operation, seller: Seller, call: Call): Answer {
  if (!seller.buckets[operation].take(parts.clock.now())) return quotaExceeded();
  const headers = { 'x-amzn-RateLimit-Limit': String(usagePlans[operation].rate) };
  try {
    const answer = read(parts, seller, call);
    return answer.status === 403 ? answer : { ...answer, headers };
  } catch (error) {
    if (error instanceof BadParameter) return { ...invalidInput(error.message), headers };
    throw error;
  }
}

/** Answers one request: login, the two order operations, or why not. */
export function operate(parts: WorldParts, loginParts: LoginParts, call: Call): Answer {
  const { target, headers, body } = call;
  switch (target.kind) {
    case 'login':
      return login(loginParts, body, headers['content-type'] ?? '');
    case 'later':
      return notOffered(call.subject.path ?? 'this');
    case 'unknown':
      return notFound('There is no such resource.');
    case 'searchOrders':
    case 'getOrder': {
      if (headers['user-agent'] === undefined) return invalidInput('The user-agent header is missing.');
      const token = headers['x-amz-access-token'];
      const access = sellerOf(token, loginParts.tokens, loginParts.sellers, parts.clock.now());
      return 'refused' in access ? access.refused : limited(parts, target.operation, access.seller, call);
    }
  }
}
