import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Faults, Subject } from '../contract.ts';
import { type Answer, invalidInput, notFound, unauthorized } from './answers.ts';
import { documentUrl } from './documents.ts';
import { textIn } from './json.ts';
import type { AccessToken } from './login.ts';
import { jsonBody } from './json-body.ts';
import { type FlagStyle, orderItemsV0 } from './order-items-v0.ts';
import { onePage, pageOf } from './page-of.ts';
import { BadParameter, list, listOf, single, time } from './query.ts';
import type { ReportTarget } from './report-operations.ts';
import type { FileStyle, ReportSource } from './report-store.ts';
import { lacksRole, type Seller } from './seller.ts';
import { settlementReport } from './settlements.ts';

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

function createReport({ now, faults }: ReportWorld, seller: Seller, { body, subject }: ReportCall): Answer {
  const wish = jsonBody(wishShape, body);
  if (wish.reportType === settlementReport)
    return invalidInput('This report is made by Amazon and cannot be requested.');
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

function getReports(
  { now, style }: ReportWorld,
  seller: Seller,
  source: ReportSource,
  query: URLSearchParams,
): Answer {
  const place = pageOf(query, 'reportTypes');
  const { wish } = place;
  const types = list(wish, 'reportTypes');
  if (types === null) throw new BadParameter('reportTypes or nextToken must be given.');
  const wanted = listOf(wish, 'processingStatuses', statuses);
  const since = time(wish, 'createdSince') ?? now - 90 * dayMs;
  const until = time(wish, 'createdUntil') ?? now;
  const found = seller.reports.list(now, source, style).filter((report) => {
    const created = Date.parse(textIn(report, 'createdTime') ?? '');
    const status = textIn(report, 'processingStatus') ?? '';
    const isOfType = types.includes(textIn(report, 'reportType') ?? '');
    return isOfType && (wanted?.includes(status) ?? true) && created >= since && created <= until;
  });
  const { page, next } = onePage(found, place);
  return { status: 200, body: { reports: page, ...next } };
}

/** A token for some resources only. Without the role that lets the app see buyers there is none. */
function createToken(world: ReportWorld, seller: Seller, { body, subject }: ReportCall): Answer {
  const { restrictedResources } = jsonBody(tokenShape, body);
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
  const allowed = token.restrictedTo?.includes(path);
  const link = seller.reports.link(target.id, world.now);
  // Whether there is such a document is told only to one who may see it.
  if (!allowed && (link?.restricted ?? true)) return unauthorized('The report holds restricted data.');
  if (link === null) return notFound('There is no such report document.');
  const url = documentUrl(link.key);
  const packing = link.packed ? { compressionAlgorithm: 'GZIP' } : {};
  return { status: 200, body: { reportDocumentId: target.id, url, ...packing } };
}

/** Answers one call around reports, or getOrderItems of Orders v0. Throws BadParameter for what Amazon refuses. */
export function reports(world: ReportWorld, seller: Seller, call: ReportCall): Answer {
  const { target, query } = call;
  const source: ReportSource = {
    orders: () => [...seller.orders.from('createdAt', 0)],
    orderOf: (id) => seller.orders.get(id),
    posted: () => seller.ledger.of(null),
  };
  switch (target.operation) {
    case 'createReport':
      return createReport(world, seller, call);
    case 'getReports':
      return getReports(world, seller, source, query);
    case 'getReport': {
      const report = seller.reports.get(target.id, world.now, source, world.style);
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
