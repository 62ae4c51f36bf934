import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Faults, Subject } from '../contract.ts';
import { type Answer, invalidInput, notFound, unauthorized } from './answers.ts';
import { type JsonObject, textIn } from './json.ts';
import type { AccessToken } from './login.ts';
import { type FlagStyle, orderItemsV0 } from './order-items-v0.ts';
import { BadParameter, list, listOf, single, time } from './query.ts';
import type { ReportTarget } from './report-operations.ts';
import type { FileStyle } from './report-store.ts';
import { lacksRole, type Seller } from './seller.ts';

/** What a call around reports comes with. */
interface ReportCall {
  readonly target: ReportTarget;
  readonly subject: Subject;
  readonly query: URLSearchParams;
  readonly body: string;
  /** The token it came with. */
  readonly token: AccessToken;
}

/** The world as these operations need it. */
interface ReportWorld {
  readonly now: number;
  readonly faults: Faults;
  readonly tokens: Map<string, AccessToken>;
  readonly style: FileStyle;
  readonly flags: FlagStyle;
}

type OrdersOf = () => JsonObject[];

const dayMs = 24 * 3_600_000;
const statuses = ['CANCELLED', 'DONE', 'FATAL', 'IN_PROGRESS', 'IN_QUEUE'];
const isoTime = z.iso.datetime({ offset: true });
const wishShape = z.object({
  reportType: z.string().regex(/^GET_[A-Z0-9_]+$/),
  marketplaceIds: z.array(z.string().min(1)).min(1).max(25),
  dataStartTime: isoTime.optional(),
  dataEndTime: isoTime.optional(),
  reportOptions: z.record(z.string(), z.string()).optional(),
});
const tokenShape = z.object({
  restrictedResources: z
    .array(
      z.object({
        method: z.enum(['GET', 'PUT', 'POST', 'DELETE']),
        path: z.string().startsWith('/'),
        dataElements: z.array(z.string()).optional(),
      }),
    )
    .min(1)
    .max(50),
});

function parsed<Shape extends z.ZodType>(shape: Shape, body: string): z.infer<Shape> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new BadParameter('The body is not JSON.');
  }
  const result = shape.safeParse(value);
  if (!result.success)
    throw new BadParameter(`${result.error.issues[0]?.path.join('.') ?? 'The body'} is not valid.`);
  return result.data;
}

function createReport({ now, faults }: ReportWorld, seller: Seller, { body, subject }: ReportCall): Answer {
  const wish = parsed(wishShape, body);
  const { marketplaceIds: own } = seller.account;
  if (own !== undefined && wish.marketplaceIds.some((id) => !own.includes(id)))
    return unauthorized('The seller does not sell in one of the marketplaces.');
  const from = wish.dataStartTime === undefined ? now : Date.parse(wish.dataStartTime);
  const until = wish.dataEndTime === undefined ? now : Date.parse(wish.dataEndTime);
  if (from > now || until < from) return invalidInput('dataStartTime is after dataEndTime or in the future.');
  const fate = faults.take('amazon', ['stuck-feed', 'fatal-feed'], { ...subject, onlyNamed: true })?.kind;
  const scope = { type: wish.reportType, marketplaceIds: wish.marketplaceIds, from, until };
  const ends = fate === undefined ? 'made' : fate === 'fatal-feed' ? 'fatal' : 'stuck';
  return { status: 202, body: { reportId: seller.reports.add(scope, now, ends) } };
}

/** A page after the first is asked for by its token alone, which holds the query and where to go on. */
function pageOf(query: URLSearchParams): { readonly wish: URLSearchParams; readonly from: number } {
  const token = single(query, 'nextToken');
  if (token === null) return { wish: query, from: 0 };
  if ([...query.keys()].length > 1) throw new BadParameter('nextToken is given with other parameters.');
  const wish = new URLSearchParams(Buffer.from(token, 'base64url').toString('utf8'));
  const from = Number(wish.get('from'));
  if (!wish.has('reportTypes') || !Number.isInteger(from)) throw new BadParameter('nextToken is not valid.');
  wish.delete('from');
  return { wish, from };
}

function getReports(
  { now, style }: ReportWorld,
  seller: Seller,
  orders: OrdersOf,
  query: URLSearchParams,
): Answer {
  const { wish, from } = pageOf(query);
  const types = list(wish, 'reportTypes');
  if (types === null) throw new BadParameter('reportTypes or nextToken must be given.');
  const wanted = listOf(wish, 'processingStatuses', statuses);
  const since = time(wish, 'createdSince') ?? now - 90 * dayMs;
  const until = time(wish, 'createdUntil') ?? now;
  const size = Number(single(wish, 'pageSize') ?? 10);
  if (!Number.isInteger(size) || size < 1 || size > 100) throw new BadParameter('pageSize is not valid.');
  const found = seller.reports.list(now, orders, style).filter((report) => {
    const created = Date.parse(textIn(report, 'createdTime') ?? '');
    const status = textIn(report, 'processingStatus') ?? '';
    const isOfType = types.includes(textIn(report, 'reportType') ?? '');
    return isOfType && (wanted?.includes(status) ?? true) && created >= since && created <= until;
  });
  const more = new URLSearchParams(wish);
  more.set('from', String(from + size));
  const next = Buffer.from(more.toString()).toString('base64url');
  const reports = found.slice(from, from + size);
  return { status: 200, body: { reports, ...(found.length > from + size ? { nextToken: next } : {}) } };
}

/** A token for some resources only. Without the role that lets the app see buyers there is none. */
function createToken(world: ReportWorld, seller: Seller, { body, subject }: ReportCall): Answer {
  const { restrictedResources } = parsed(tokenShape, body);
  const refused = world.faults.take('amazon', ['refuse-data'], { ...subject, onlyNamed: true });
  if (refused || lacksRole(seller, 'Direct-to-Consumer'))
    return unauthorized('Application does not have access to one or more requested data elements.');
  const restrictedDataToken = `Atz.sprdt|${randomBytes(48).toString('base64url')}`;
  world.tokens.set(restrictedDataToken, {
    sellerId: seller.account.sellerId,
    scopes: [],
    expiresAt: world.now + 3_600_000,
    restrictedTo: restrictedResources.map(({ method, path }) => `${method} ${path}`),
  });
  return { status: 200, body: { restrictedDataToken, expiresIn: 3600 } };
}

function getDocument(world: ReportWorld, seller: Seller, { target, token }: ReportCall): Answer {
  const path = `GET /reports/2021-06-30/documents/${target.id}`;
  if (!token.restrictedTo?.includes(path)) return unauthorized('The report holds restricted data.');
  const link = seller.reports.link(target.id, world.now);
  if (link === null) return notFound('There is no such report document.');
  const url = `https://tortuga-prod-na.s3-external-1.amazonaws.com/documents/${link.key}?X-Amz-Expires=300`;
  const packing = link.packed ? { compressionAlgorithm: 'GZIP' } : {};
  return { status: 200, body: { reportDocumentId: target.id, url, ...packing } };
}

/** Answers one call around reports, or getOrderItems of Orders v0. Throws BadParameter for what Amazon refuses. */
export function reports(world: ReportWorld, seller: Seller, call: ReportCall): Answer {
  const { target, query } = call;
  const orders = () => [...seller.orders.from('createdAt', 0)].map(({ order }) => order);
  switch (target.operation) {
    case 'createReport':
      return createReport(world, seller, call);
    case 'getReports':
      return getReports(world, seller, orders, query);
    case 'getReport': {
      const report = seller.reports.get(target.id, world.now, orders, world.style);
      return report ? { status: 200, body: report } : notFound('There is no such report.');
    }
    case 'getReportDocument':
      return getDocument(world, seller, call);
    case 'createRestrictedDataToken':
      return createToken(world, seller, call);
    case 'getOrderItems':
      return orderItemsV0(seller, target.id, single(query, 'NextToken'), world.flags);
  }
}

/** The bytes behind a link of any seller, as the document store gives them: no token, and XML where it refuses. */
export function documentAnswer(sellers: Iterable<Seller>, key: string, now: number): Answer {
  const refusal = (code: string) => ({
    status: code === 'NoSuchKey' ? 404 : 403,
    body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`,
    headers: { 'content-type': 'application/xml' },
  });
  for (const seller of sellers) {
    const file = seller.reports.fetch(key, now);
    if (file === 'over') return refusal('AccessDenied');
    if (file) return { status: 200, body: file.bytes, headers: { 'content-type': file.contentType } };
  }
  return refusal('NoSuchKey');
}
