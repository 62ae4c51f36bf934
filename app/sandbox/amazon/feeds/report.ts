import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { escaped } from './xml.ts';

/** One complaint in a processing report; message 0 is the whole feed. */
export interface MessageResult {
  readonly messageId: string;
  readonly code: 'Error' | 'Warning';
  /** Amazon's number of the complaint. */
  readonly messageCode: string;
  readonly text: string;
  readonly orderId?: string | undefined;
  readonly orderItemId?: string | undefined;
}

/** What a processing report says. A message without a result succeeded. */
export interface Outcome {
  readonly feedId: string;
  readonly sellerId: string;
  readonly processed: number;
  readonly results: readonly MessageResult[];
}

/** How result documents are made, by the switches. */
export interface ReportStyle {
  readonly packed: boolean;
  readonly encoding: string;
}

/** A document as it lies in the store. */
export interface FeedFile {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly packed: boolean;
}

function resultXml(result: MessageResult): string {
  const { orderId, orderItemId } = result;
  const info = [
    orderId === undefined ? '' : `          <AmazonOrderID>${escaped(orderId)}</AmazonOrderID>\n`,
    orderItemId === undefined
      ? ''
      : `          <AmazonOrderItemCode>${escaped(orderItemId)}</AmazonOrderItemCode>\n`,
  ].join('');
  return `      <Result>
        <MessageID>${escaped(result.messageId)}</MessageID>
        <ResultCode>${result.code}</ResultCode>
        <ResultMessageCode>${escaped(result.messageCode)}</ResultMessageCode>
        <ResultDescription>${escaped(result.text)}</ResultDescription>
${info === '' ? '' : `        <AdditionalInfo>\n${info}        </AdditionalInfo>\n`}      </Result>
`;
}

/** How many messages have a result of that kind. */
const countOf = (results: readonly MessageResult[], code: MessageResult['code']) =>
  new Set(results.filter((result) => result.code === code).map(({ messageId }) => messageId)).size;

/** The processing report as XML. */
function reportXml({ feedId, sellerId, processed, results }: Outcome, encoding: string): string {
  const failed = countOf(results, 'Error');
  return `<?xml version="1.0" encoding="${encoding}"?>
<AmazonEnvelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="amzn-envelope.xsd">
  <Header>
    <DocumentVersion>1.02</DocumentVersion>
    <MerchantIdentifier>${escaped(sellerId)}</MerchantIdentifier>
  </Header>
  <MessageType>ProcessingReport</MessageType>
  <Message>
    <MessageID>1</MessageID>
    <ProcessingReport>
      <DocumentTransactionID>${feedId}</DocumentTransactionID>
      <StatusCode>Complete</StatusCode>
      <ProcessingSummary>
        <MessagesProcessed>${processed}</MessagesProcessed>
        <MessagesSuccessful>${Math.max(0, processed - failed)}</MessagesSuccessful>
        <MessagesWithError>${failed}</MessagesWithError>
        <MessagesWithWarning>${countOf(results, 'Warning')}</MessagesWithWarning>
      </ProcessingSummary>
${results.map(resultXml).join('')}    </ProcessingReport>
  </Message>
</AmazonEnvelope>
`;
}

/** The result document of a feed. */
export function reportFile(outcome: Outcome, { packed, encoding }: ReportStyle): FeedFile {
  const bytes = iconv.encode(reportXml(outcome, encoding.toUpperCase()), encoding);
  return {
    bytes: packed ? gzipSync(bytes) : bytes,
    contentType: `text/xml; charset=${encoding}`,
    packed,
  };
}
