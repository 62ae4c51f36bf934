import { lines, marketplaces } from '../../app/sandbox/story/catalogue.ts';
import { makeOrder, type OrderSpec } from '../../app/sandbox/story/make-order.ts';

type RawOrder = ReturnType<typeof makeOrder>;

interface Shape {
  readonly spec: Pick<OrderSpec, 'lines' | 'status'> & Partial<Pick<OrderSpec, 'marketplace'>>;
  readonly twist?: (order: RawOrder) => RawOrder;
}

const fulfillment = (order: RawOrder) => order['fulfillment'] as object;
const items = (order: RawOrder) => order['orderItems'] as readonly object[];
const open = (...ordered: OrderSpec['lines']): Shape['spec'] => ({ lines: ordered, status: 'UNSHIPPED' });

/** Kinds of orders that Amazon may show, everyday ones and odd ones. */
const shapes = {
  plain: { spec: open(lines.blueMug) },
  lines: { spec: open(lines.teapot, lines.twoBlueMugs, lines.redMug) },
  twoUnits: { spec: open(lines.twoBlueMugs, lines.redMug) },
  gift: { spec: open(lines.gift) },
  yen: { spec: { ...open(lines.teapotForYen), marketplace: marketplaces.jp } },
  unlisted: { spec: open(lines.unknownSku, lines.blueMug) },
  pending: { spec: { lines: [lines.redMug], status: 'PENDING' } },
  shipped: { spec: { lines: [lines.teapot], status: 'SHIPPED' } },
  cancelled: {
    spec: open(lines.redMug),
    twist: (order) => ({ ...order, fulfillment: { ...fulfillment(order), fulfillmentStatus: 'CANCELLED' } }),
  },
  fba: {
    spec: open(lines.blueMug),
    twist: (order) => ({ ...order, fulfillment: { ...fulfillment(order), fulfilledBy: 'AMAZON' } }),
  },
  noLines: { spec: open(lines.blueMug), twist: (order) => ({ ...order, orderItems: [] }) },
  unknownStatus: {
    spec: open(lines.redMug),
    twist: (order) => ({
      ...order,
      fulfillment: { ...fulfillment(order), fulfillmentStatus: 'ON_THE_MOON' },
    }),
  },
  nullMoney: { spec: open(lines.teapot), twist: (order) => ({ ...order, proceeds: null }) },
  oddTotal: {
    spec: open(lines.redMug),
    twist: (order) => ({ ...order, proceeds: { grandTotal: { amount: '1.005', currencyCode: 'USD' } } }),
  },
  twiceALine: {
    spec: open(lines.blueMug),
    twist: (order) => ({ ...order, orderItems: [...items(order), ...items(order)] }),
  },
  badId: {
    spec: open(lines.blueMug),
    twist: (order) => ({ ...order, orderItems: items(order).map((item) => ({ ...item, orderItemId: '' })) }),
  },
  noAddress: { spec: open(lines.redMug), twist: ({ recipient: _, ...order }) => order },
} as const satisfies Record<string, Shape>;

export type OrderShape = keyof typeof shapes;
export const orderShapes = Object.keys(shapes) as OrderShape[];

/** The n-th order of a run, placed at `placedAt` (ms UTC). */
export function orderOf(shape: OrderShape, n: number, placedAt: number): RawOrder {
  const { spec, twist }: Shape = shapes[shape];
  const id = `300-0000000-${String(n).padStart(7, '0')}`;
  const order = makeOrder({ marketplace: marketplaces.us, ...spec, placedAt, id });
  return twist ? twist(order) : order;
}

/** The order once its payment came through. */
export function paid(n: number, placedAt: number): RawOrder {
  return orderOf('plain', n, placedAt);
}
