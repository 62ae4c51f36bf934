import iconv from 'iconv-lite';
import type { FeedMessage, FeedRead } from './envelope.ts';
import type { XmlElement } from './xml.ts';

/** The order feeds in Amazon's flat form that are worked on. */
export const flatTypes: readonly string[] = ['POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA'];

const template =
  /^TemplateType=OrderCancellation\tVersion=1\.0\/1\.0\.3\tThis row for Amazon\.com use only\./;
const columns = ['order-id', 'cancellation-reason-code', 'amazon-order-item-code'];

function element(name: string, line: number, text: string, children: readonly XmlElement[] = []): XmlElement {
  return { name, attributes: new Map(), children, text, line };
}

/** The rows of one order as the message that they stand for; it bears the number of its first row. */
function messageOf(orderId: string, rows: readonly Row[]): FeedMessage {
  const line = rows[0]?.number ?? 0;
  const items = rows.map(({ number, reason, itemId }) =>
    element('Item', number, '', [
      element('AmazonOrderItemCode', number, itemId),
      element('CancelReason', number, reason),
    ]),
  );
  const children = [
    element('AmazonOrderID', line, orderId),
    element('StatusCode', line, 'Failure'),
    ...items,
  ];
  return { id: String(line), body: element('OrderAcknowledgement', line, '', children) };
}

interface Row {
  readonly number: number;
  readonly orderId: string;
  readonly reason: string;
  readonly itemId: string;
}

const refuse = (text: string): FeedRead => ({ ok: false, fault: { code: '90061', text } });

/** Reads a flat file of cancellations: the row for Amazon, the names of the columns, and a row for each line. */
export function readFlatCancel(bytes: Buffer, contentType: string): FeedRead {
  const charset = /charset=["']?([\w.-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  const text = iconv.encodingExists(charset) ? iconv.decode(bytes, charset) : '';
  const [first = '', second = '', ...rest] = text.split(/\r\n|\n|\r/);
  if (!template.test(first)) return refuse('The template row is missing or not valid.');
  if (second.split('\t').join() !== columns.join()) return refuse('The header row is missing or not valid.');
  const rows = rest.flatMap((row, position): Row[] => {
    const [orderId = '', reason = '', itemId = ''] = row.split('\t').map((cell) => cell.trim());
    return row.trim() === '' ? [] : [{ number: position + 1, orderId, reason, itemId }];
  });
  const orders = [...new Set(rows.map(({ orderId }) => orderId))];
  return {
    ok: true,
    messages: orders.map((id) =>
      messageOf(
        id,
        rows.filter(({ orderId }) => orderId === id),
      ),
    ),
  };
}
