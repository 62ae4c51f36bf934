import { ownAppFields } from './apps.ts';
import { findJob, jobFields, jobResultFields } from './cancel-jobs.ts';
import { connection, type Connection, type PageArgs } from './connection.ts';
import type { Source } from './execute.ts';
import { fulfillmentById, fulfillmentOrderById, fulfillmentOrders } from './fulfillment-order-queries.ts';
import { idOf, parseGid } from './ids.ts';
import { notDone } from './not-done.ts';
import { orderById, orderByIdentifier, orders } from './order-queries.ts';
import { refundById } from './refund-create.ts';
import { installationFields, locationFields, shopFields } from './shop-fields.ts';
import { productVariant, productVariants } from './variant-queries.ts';
import type { Call } from './world.ts';

function location(args: { readonly id?: string | null }, call: Call): Source | null {
  const { locations } = call.shop;
  const id = args.id == null ? locations[0]?.id : idOf('Location', args.id);
  const found = locations.find((one) => one.id === id);
  return found ? locationFields(found, call.shop) : null;
}

function locations(args: PageArgs, call: Call): Connection {
  return connection(
    call.shop.locations,
    args,
    (one) => [one.name, one.id],
    (one) => locationFields(one, call.shop),
  );
}

function node(args: { readonly id: string }, call: Call): object | null {
  const result = findJob(call, 'OrderCancelJobResult', args.id);
  if (result) return jobResultFields(result, call);
  const { type, id } = parseGid(args.id);
  if (type === 'Order') return orderById(args, call);
  if (type === 'ProductVariant') return productVariant(args, call);
  if (type === 'Location') return location(args, call);
  if (type === 'FulfillmentOrder') return fulfillmentOrderById(args, call);
  if (type === 'Fulfillment') return fulfillmentById(args, call);
  if (type === 'Refund') return refundById(args, call);
  if (type === 'Shop') return call.shop.id === id ? shopFields(call.shop) : null;
  throw notDone(`node ids of type ${type}`);
}

function job(args: { readonly id: string }, call: Call): Source | null {
  const found = findJob(call, 'Job', args.id);
  return found ? jobFields(found, () => queries) : null;
}

/** Every root query of the sandbox; all others answer NOT_IMPLEMENTED. */
export const queries: Source = {
  shop: (_: unknown, call: Call) => shopFields(call.shop),
  app: (_: unknown, call: Call) => ownAppFields(call),
  currentAppInstallation: (_: unknown, call: Call) => installationFields(call),
  order: orderById,
  orders,
  orderByIdentifier,
  fulfillmentOrder: fulfillmentOrderById,
  fulfillmentOrders,
  fulfillment: fulfillmentById,
  job,
  refund: refundById,
  productVariant,
  productVariants,
  location,
  locations,
  node,
  nodes: (args: { readonly ids: readonly string[] }, call: Call) => args.ids.map((id) => node({ id }, call)),
};
