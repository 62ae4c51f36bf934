import iconv from 'iconv-lite';
import { envelopeOf } from './schema-of-orders.ts';
import { violation } from './schema.ts';
import { NotXml, readXml, type XmlElement } from './xml.ts';

/** The order feeds that are read, with the message that each may hold. */
const messageTypes = {
  POST_ORDER_ACKNOWLEDGEMENT_DATA: 'OrderAcknowledgement',
  POST_PAYMENT_ADJUSTMENT_DATA: 'OrderAdjustment',
  POST_ORDER_FULFILLMENT_DATA: 'OrderFulfillment',
} as const;
export type FeedType = keyof typeof messageTypes;

/** One message of a feed: its number, and what it holds. */
export interface FeedMessage {
  readonly id: string;
  readonly body: XmlElement;
}

/** Why a whole feed is not read, as its report says it of message 0. */
interface WholeFault {
  readonly code: string;
  readonly text: string;
}

/** A feed that was read, or why it was not. */
export type FeedRead =
  | { readonly ok: true; readonly messages: readonly FeedMessage[] }
  | { readonly ok: false; readonly fault: WholeFault };

/** The text of an element's child; empty where it is absent. */
export function childText(element: XmlElement | undefined, name: string): string {
  return childOf(element, name)?.text.trim() ?? '';
}

/** The first child of that name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

const refuse = (code: string, text: string): FeedRead => ({ ok: false, fault: { code, text } });

function decoded(bytes: Buffer, contentType: string): string | null {
  const declared = /encoding=["']([\w.-]+)["']/.exec(bytes.subarray(0, 200).toString('latin1'))?.[1];
  const charset = /charset=["']?([\w.-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  if (!iconv.encodingExists(charset)) return null;
  if (declared !== undefined && declared.toLowerCase() !== charset.toLowerCase()) return null;
  const text = iconv.decode(bytes, charset);
  return text.includes('\uFFFD') ? null : text;
}

function readRoot(bytes: Buffer, contentType: string): XmlElement | WholeFault {
  const text = decoded(bytes, contentType);
  if (text === null)
    return { code: '5000', text: 'XML Parsing Error: The bytes are not in the encoding that is named.' };
  try {
    return readXml(text);
  } catch (error) {
    if (error instanceof NotXml) return { code: '5000', text: error.message };
    throw error;
  }
}

/** Reads an uploaded XML feed as strictly as Amazon's schema does. `sellerId` must be the one in the header. */
export function readEnvelope(
  bytes: Buffer,
  contentType: string,
  feedType: FeedType,
  sellerId: string,
): FeedRead {
  const root = readRoot(bytes, contentType);
  if ('code' in root) return refuse(root.code, root.text);
  if (root.name !== 'AmazonEnvelope')
    return refuse('5000', `XML Parsing Error at Line ${root.line}: AmazonEnvelope is expected as the root.`);
  const wanted = messageTypes[feedType];
  if (Object.values<string>(messageTypes).includes(childText(root, 'MessageType')))
    if (childText(root, 'MessageType') !== wanted)
      return refuse(
        '25',
        'We are unable to process the XML feed because one or more items are invalid. Please re-submit the feed.',
      );
  const wrong = violation(root, envelopeOf(wanted));
  if (wrong !== null) return refuse('5000', `XML Parsing Error at ${wrong}`);
  if (childText(childOf(root, 'Header'), 'MerchantIdentifier') !== sellerId)
    return refuse('5002', 'The MerchantIdentifier is not that of the seller who sent the feed.');
  const messages = root.children
    .filter(({ name }) => name === 'Message')
    .map((message) => {
      const body = childOf(message, wanted);
      if (!body) throw new Error('A message passed the schema without its body.');
      return { id: childText(message, 'MessageID'), body };
    });
  if (new Set(messages.map(({ id }) => id)).size < messages.length)
    return refuse('5000', 'XML Parsing Error: A MessageID is used more than once.');
  return { ok: true, messages };
}
