/** Operations of the Notifications API that are answered. */
export type NotificationOperation =
  | 'createDestination'
  | 'getDestinations'
  | 'getDestination'
  | 'deleteDestination'
  | 'createSubscription'
  | 'getSubscription'
  | 'getSubscriptionById'
  | 'deleteSubscriptionById';

/** A call of the Notifications API; `id` is a destination's or a subscription's. */
export interface NotificationTarget {
  readonly kind: 'notifications';
  readonly operation: NotificationOperation;
  readonly type: string;
  readonly id: string;
}

const base = '/notifications/v1';
const routes: readonly (readonly [method: string, path: RegExp, operation: NotificationOperation])[] = [
  ['GET', /^\/destinations$/, 'getDestinations'],
  ['POST', /^\/destinations$/, 'createDestination'],
  ['GET', /^\/destinations\/(?<id>[^/]+)$/, 'getDestination'],
  ['DELETE', /^\/destinations\/(?<id>[^/]+)$/, 'deleteDestination'],
  ['GET', /^\/subscriptions\/(?<type>[^/]+)$/, 'getSubscription'],
  ['POST', /^\/subscriptions\/(?<type>[^/]+)$/, 'createSubscription'],
  ['GET', /^\/subscriptions\/(?<type>[^/]+)\/(?<id>[^/]+)$/, 'getSubscriptionById'],
  ['DELETE', /^\/subscriptions\/(?<type>[^/]+)\/(?<id>[^/]+)$/, 'deleteSubscriptionById'],
];

/** Operations that belong to the app and take no seller's token, by Amazon's model notifications.json. */
export const grantless: ReadonlySet<NotificationOperation> = new Set([
  'createDestination',
  'getDestinations',
  'getDestination',
  'deleteDestination',
  'getSubscriptionById',
  'deleteSubscriptionById',
]);

/** What a request's method and path name of the Notifications API; null where it is none of these. */
export function notificationTarget(method: string, path: string): NotificationTarget | null {
  if (!path.startsWith(base)) return null;
  const rest = path.slice(base.length);
  for (const [verb, pattern, operation] of routes) {
    const groups = verb === method ? pattern.exec(rest) : null;
    if (groups)
      return {
        kind: 'notifications',
        operation,
        type: groups.groups?.['type'] ?? '',
        id: groups.groups?.['id'] ?? '',
      };
  }
  return null;
}
