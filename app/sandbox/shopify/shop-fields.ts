import { ownAppFields } from './apps.ts';
import { countryName } from './countries.ts';
import type { Source } from './execute.ts';
import { gid } from './ids.ts';
import type { LocationRecord } from './records.ts';
import type { ShopState } from './shop-state.ts';
import { dateTime } from './times.ts';
import type { Call } from './world.ts';

/** The shop itself. */
export function shopFields(shop: ShopState): Source {
  return {
    __typename: 'Shop',
    id: gid('Shop', shop.id),
    name: shop.name,
    myshopifyDomain: shop.domain,
    url: `https://${shop.domain}`,
    email: `owner@${shop.domain.replace('.myshopify.com', '')}.example`,
    contactEmail: `care@${shop.domain.replace('.myshopify.com', '')}.example`,
    shopOwnerName: 'Shop Owner',
    currencyCode: shop.currency,
    enabledPresentmentCurrencies: shop.presentmentCurrencies,
    ianaTimezone: shop.timezone,
    orderNumberFormatPrefix: '#',
    orderNumberFormatSuffix: '',
    setupRequired: false,
    taxesIncluded: false,
    weightUnit: 'KILOGRAMS',
    unitSystem: 'METRIC_SYSTEM',
    createdAt: dateTime(shop.createdAt),
    updatedAt: dateTime(shop.createdAt),
    plan: { displayName: 'Basic', publicDisplayName: 'Basic', partnerDevelopment: false, shopifyPlus: false },
    primaryDomain: {
      __typename: 'Domain',
      id: gid('Domain', shop.id),
      host: shop.domain,
      url: `https://${shop.domain}`,
      sslEnabled: true,
    },
  };
}

function serviceFields(location: LocationRecord, shop: ShopState): Source {
  return {
    __typename: 'FulfillmentService',
    id: gid('FulfillmentService', location.id),
    handle: location.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    serviceName: location.name,
    type: 'THIRD_PARTY',
    location: () => locationFields(location, shop),
    callbackUrl: null,
    inventoryManagement: false,
    trackingSupport: false,
  };
}

/** A location as GraphQL shows it. */
export function locationFields(location: LocationRecord, shop: ShopState): Source {
  return {
    __typename: 'Location',
    id: gid('Location', location.id),
    legacyResourceId: String(location.id),
    name: location.name,
    isActive: true,
    isFulfillmentService: location.fulfillmentService,
    isPrimary: location === shop.locations[0],
    fulfillsOnlineOrders: true,
    shipsInventory: true,
    hasActiveInventory: shop.variants.size > 0,
    fulfillmentService: location.fulfillmentService ? () => serviceFields(location, shop) : null,
    createdAt: dateTime(shop.createdAt),
    updatedAt: dateTime(shop.createdAt),
    address: {
      address1: null,
      address2: null,
      city: null,
      zip: null,
      phone: null,
      province: null,
      provinceCode: null,
      latitude: null,
      longitude: null,
      country: countryName(location.countryCode),
      countryCode: location.countryCode,
      formatted: [countryName(location.countryCode) ?? ''],
    },
  };
}

/** The app's installation in the shop that is called. */
export function installationFields(call: Call): Source {
  const scopes = [...(call.grant.scopes ?? call.world.options.scopes)];
  const readable = scopes
    .filter((scope) => scope.startsWith('write_'))
    .map((scope) => scope.replace('write_', 'read_'));
  return {
    __typename: 'AppInstallation',
    id: gid('AppInstallation', call.shop.id),
    app: () => ownAppFields(call),
    launchUrl: `https://${call.shop.domain}/admin/apps/${call.world.options.apiKey}`,
    uninstallUrl: null,
    accessScopes: [...new Set([...scopes, ...readable])]
      .sort()
      .map((handle) => ({ handle, description: handle.replaceAll('_', ' ') })),
    activeSubscriptions: [],
  };
}
