import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Ajv, type ValidateFunction } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { type AmazonWorld, sellerId } from './amazon-world.ts';

type Json = Record<string, unknown>;

export const xmlType = 'text/xml; charset=UTF-8';
export const feedsPath = '/feeds/2021-06-30/feeds';
export const documentsPath = '/feeds/2021-06-30/documents';

/** Feed types by the message that they hold. */
export const feedTypes = {
  OrderAcknowledgement: 'POST_ORDER_ACKNOWLEDGEMENT_DATA',
  OrderAdjustment: 'POST_PAYMENT_ADJUSTMENT_DATA',
  OrderFulfillment: 'POST_ORDER_FULFILLMENT_DATA',
} as const;
export type MessageType = keyof typeof feedTypes;

/** What became of a feed, and what its report says. */
export interface EndedFeed {
  readonly feedId: string;
  readonly status: string;
  readonly contentType: string;
  /** Empty without a report. */
  readonly report: string;
  /** Of the report: `[MessageID, ResultCode, ResultMessageCode]`. */
  readonly results: readonly (readonly string[])[];
}

/** An envelope with these messages, numbered from 1. */
export function envelope(type: MessageType, bodies: readonly string[], seller = sellerId): string {
  const messages = bodies.map(
    (body, i) => `<Message><MessageID>${i + 1}</MessageID><${type}>${body}</${type}></Message>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<AmazonEnvelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="amzn-envelope.xsd">
<Header><DocumentVersion>1.01</DocumentVersion><MerchantIdentifier>${seller}</MerchantIdentifier></Header>
<MessageType>${type}</MessageType>
${messages.join('\n')}
</AmazonEnvelope>`;
}

/** The body of a cancel; with these items only where they are given. */
export function cancel(orderId: string, items: readonly string[], reason = 'BuyerCanceled'): string {
  const listed = items.map(
    (id) =>
      `<Item><AmazonOrderItemCode>${id}</AmazonOrderItemCode><CancelReason>${reason}</CancelReason></Item>`,
  );
  return `<AmazonOrderID>${orderId}</AmazonOrderID><StatusCode>Failure</StatusCode>${listed.join('')}`;
}

/** The body of a refund of components of lines; `more` stands behind a line's prices. */
export function refund(
  orderId: string,
  lines: Readonly<Record<string, Readonly<Record<string, string>>>>,
  { currency = 'USD', action = '', more = '' } = {},
): string {
  const items = Object.entries(lines).map(([id, components]) => {
    const parts = Object.entries(components).map(
      ([type, amount]) =>
        `<Component><Type>${type}</Type><Amount currency="${currency}">${amount}</Amount></Component>`,
    );
    const prices = parts.length === 0 ? '' : `<ItemPriceAdjustments>${parts.join('')}</ItemPriceAdjustments>`;
    return `<AdjustedItem><AmazonOrderItemCode>${id}</AmazonOrderItemCode><AdjustmentReason>CustomerCancel</AdjustmentReason>${prices}${more}</AdjustedItem>`;
  });
  return `<AmazonOrderID>${orderId}</AmazonOrderID>${action}${items.join('')}`;
}

/** The feeds of a world as a seller's system calls them. */
export function feedsOf(world: AmazonWorld) {
  const call = async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Json }> => {
    const { status, body: answer } = await world.send(method, path, body, await world.token());
    return { status, body: answer };
  };
  const local = (url: unknown) => {
    const { pathname, search } = new URL(String(url));
    return `${world.origin}${pathname}${search}`;
  };
  const put = (url: unknown, content: string | Uint8Array, contentType: string = xmlType) =>
    fetch(local(url), { method: 'PUT', headers: { 'content-type': contentType }, body: content as BodyInit });
  const upload = async (content: string | Uint8Array, contentType: string = xmlType): Promise<string> => {
    const { body } = await call('POST', documentsPath, { contentType });
    const kept = await put(body['url'], content, contentType);
    if (!kept.ok) throw new Error(`The upload was answered with ${kept.status}.`);
    return String(body['feedDocumentId']);
  };
  const create = (feedType: string, inputFeedDocumentId: string) =>
    call('POST', feedsPath, { feedType, marketplaceIds: ['ATVPDKIKX0DER'], inputFeedDocumentId });
  const send = async (feedType: string, content: string | Uint8Array, contentType: string = xmlType) =>
    String((await create(feedType, await upload(content, contentType))).body['feedId']);
  const ended = async (feedId: string): Promise<EndedFeed> => {
    const { body: feed } = await call('GET', `${feedsPath}/${feedId}`);
    const id = feed['resultFeedDocumentId'];
    const status = String(feed['processingStatus']);
    if (typeof id !== 'string') return { feedId, status, contentType: '', report: '', results: [] };
    const { body: link } = await call('GET', `${documentsPath}/${id}`);
    const response = await fetch(local(link['url']));
    const bytes = Buffer.from(await response.arrayBuffer());
    const contentType = response.headers.get('content-type') ?? '';
    const charset = contentType.includes('8859') ? 'latin1' : 'utf8';
    const report = (link['compressionAlgorithm'] === 'GZIP' ? gunzipSync(bytes) : bytes).toString(charset);
    const pattern =
      /<Result>\s*<MessageID>(\d+)<\/MessageID>\s*<ResultCode>(\w+)<\/ResultCode>\s*<ResultMessageCode>(\w+)</g;
    const results = [...report.matchAll(pattern)].map((found) => found.slice(1));
    return { feedId, status, contentType, report, results };
  };
  return {
    call,
    local,
    put,
    upload,
    create,
    send,
    ended,
    /** Sends a feed of these messages and lets 90 seconds pass. */
    async run(type: MessageType, ...bodies: readonly string[]): Promise<EndedFeed> {
      const feedId = await send(feedTypes[type], envelope(type, bodies));
      world.now += 90_000;
      return ended(feedId);
    },
  };
}

/** Checks against a definition of one of Amazon's models; properties that the model does not know are an error. */
export function modelOf(file: string): (definition: string, value: unknown) => unknown[] {
  const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as { definitions: Record<string, Json> };
  const closed = Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [
      name,
      'properties' in schema && !name.endsWith('Context')
        ? { ...schema, additionalProperties: false }
        : schema,
    ]),
  );
  const ajv = new Ajv({ strict: false, allErrors: true, formats: fullFormats });
  const known = new Map<string, ValidateFunction>();
  return (definition, value) => {
    const validate =
      known.get(definition) ?? ajv.compile({ $ref: `#/definitions/${definition}`, definitions: closed });
    known.set(definition, validate);
    validate(value);
    return validate.errors ?? [];
  };
}
