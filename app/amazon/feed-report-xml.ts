import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { FeedReport, FeedResult } from '../domain/feed-report.ts';
import { isWholeXml } from './is-whole-xml.ts';

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  // Decodes characters that are given by their number.
  htmlEntities: true,
  isArray: (name) => name === 'Message' || name === 'Result',
});

const text = z.string().catch('');
const count = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
  .nullable()
  .catch(null);
const part = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((value) => value || {}, z.object(shape));

const resultShape = z.object({
  MessageID: count,
  ResultCode: text,
  ResultMessageCode: text,
  ResultDescription: text,
  AdditionalInfo: part({ AmazonOrderID: text }),
});
const reportShape = z.object({
  DocumentTransactionID: z.string().min(1),
  StatusCode: text,
  ProcessingSummary: part({ MessagesProcessed: count, MessagesSuccessful: count, MessagesWithError: count }),
  Result: z.array(resultShape).default([]),
});
const documentShape = z.object({
  AmazonEnvelope: z.object({ Message: z.tuple([z.object({ ProcessingReport: reportShape })]) }),
});

const kinds: Readonly<Record<string, FeedResult['is']>> = { Error: 'error', Warning: 'warning' };
const statuses: Readonly<Record<string, 'complete' | 'rejected'>> = {
  Complete: 'complete',
  Rejected: 'rejected',
};

const unread = (why: string): FeedReport => ({ is: 'unread', why });

function parsed(xml: string): unknown {
  if (!isWholeXml(xml)) return null;
  try {
    return parser.parse(xml) as unknown;
  } catch {
    return null;
  }
}

/** Reads a processing report in XML: one report in Amazon's envelope, everything in it as far as it is there. */
export function readXmlReport(xml: string): FeedReport {
  // Amazon's documents have no document type; its entities could grow without end.
  if (/<!DOCTYPE/i.test(xml)) return unread("Amazon's report is not the XML it should be.");
  const raw = parsed(xml);
  if (raw === null) return unread("Amazon's report is broken XML.");
  const document = documentShape.safeParse(raw);
  if (!document.success) return unread("Amazon's report does not have the form of a processing report.");
  const [{ ProcessingReport: report }] = document.data.AmazonEnvelope.Message;
  const summary = report.ProcessingSummary;
  return {
    is: 'report',
    feedId: report.DocumentTransactionID,
    status: statuses[report.StatusCode] ?? 'open',
    counts: {
      processed: summary.MessagesProcessed,
      successful: summary.MessagesSuccessful,
      failed: summary.MessagesWithError,
    },
    results: report.Result.map((result) => ({
      messageNo: result.MessageID,
      is: kinds[result.ResultCode] ?? 'odd',
      code: result.ResultMessageCode,
      text: result.ResultDescription,
      orderId: result.AdditionalInfo.AmazonOrderID || null,
    })),
  };
}
