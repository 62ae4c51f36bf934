import { Prisma } from '@prisma/client';
import { worstFirst, type OrderSort } from '../domain/order-view.ts';

/** Where a page of orders ended: the value its last row is sorted by (ms UTC, or minor units; null: none), and the order's id. */
export interface OrderPlace {
  readonly at: number | null;
  readonly id: string;
  /** The currency or the state, where that comes before the value. */
  readonly group?: string | undefined;
}

/**
 * A stretch of a sorted list that one index has in its order: the rows of `where` by `keys`, all of them falling or rising.
 * A list is its stretches one after the other. So no page sorts more than its own rows, and what is not known (nulls)
 * comes last, whichever way the sort goes.
 */
export interface Stretch {
  readonly where: Prisma.Sql;
  readonly keys: readonly Prisma.Sql[];
  readonly falling: boolean;
}

const id = Prisma.sql`o.amazon_order_id`;
const created = Prisma.sql`o.amazon_created_at`;
const shipBy = Prisma.sql`o.ship_by`;
const money = [Prisma.sql`o.currency`, Prisma.sql`o.amazon_total`] as const;
const priced = Prisma.sql`o.currency is not null and o.amazon_total is not null`;

const time = (ms: number) => Prisma.sql`${new Date(ms).toISOString()}::timestamptz`;

/** The part of a stretch behind these values of its keys. */
function behind(stretch: Stretch, values: readonly Prisma.Sql[]): Stretch {
  const than = stretch.falling ? Prisma.sql`<` : Prisma.sql`>`;
  const where = Prisma.sql`${stretch.where} and (${Prisma.join([...stretch.keys])}) ${than} (${Prisma.join([...values])})`;
  return { ...stretch, where };
}

function byDate(falling: boolean, place: OrderPlace | undefined): Stretch {
  const all: Stretch = { where: Prisma.sql`true`, keys: [created, id], falling };
  return place?.at == null ? all : behind(all, [time(place.at), Prisma.sql`${place.id}`]);
}

/** What has the value, and after it what has none. */
function known(
  has: Stretch,
  none: Prisma.Sql,
  place: OrderPlace | undefined,
  values: (at: number) => readonly Prisma.Sql[] | null,
): Stretch[][] {
  const rest: Stretch = { where: none, keys: [id], falling: false };
  if (!place) return [[has], [rest]];
  if (place.at === null) return [[behind(rest, [Prisma.sql`${place.id}`])]];
  const reached = values(place.at);
  return [[reached ? behind(has, [...reached, Prisma.sql`${place.id}`]) : has], [rest]];
}

function byState(states: readonly string[] | null, place: OrderPlace | undefined): Stretch[] {
  const order = worstFirst(states);
  const from = place?.at == null ? -1 : order.findIndex((state) => state === place.group);
  return order.slice(Math.max(0, from)).map((state, at) => {
    const all: Stretch = { where: Prisma.sql`o.state = ${state}`, keys: [created, id], falling: true };
    if (at > 0 || from < 0 || place?.at == null) return all;
    return behind(all, [time(place.at), Prisma.sql`${place.id}`]);
  });
}

/**
 * The stretches of a list behind `place`, in rounds: what a round has not need not be read where those before it fill the
 * page. `states`: the list has only these; null: any.
 */
export function stretchesOf(
  sort: OrderSort,
  states: readonly string[] | null,
  place: OrderPlace | undefined,
): Stretch[][] {
  switch (sort) {
    case 'newest':
    case 'oldest':
      return [[byDate(sort === 'newest', place)]];
    case 'ship_by': {
      const has: Stretch = { where: Prisma.sql`${shipBy} is not null`, keys: [shipBy, id], falling: false };
      return known(has, Prisma.sql`${shipBy} is null`, place, (at) => [time(at)]);
    }
    case 'total': {
      // Amounts of different currencies are never compared: one currency comes after the other.
      const has: Stretch = { where: priced, keys: [...money, id], falling: true };
      const group = place?.group;
      return known(has, Prisma.sql`not (${priced})`, place, (at) =>
        group === undefined ? null : [Prisma.sql`${group}`, Prisma.sql`${String(at)}::bigint`],
      );
    }
    case 'state':
      return [byState(states, place)];
  }
}
