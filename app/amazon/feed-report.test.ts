import { existsSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { feedOutcomes, type MessageOutcome } from '../domain/feed-outcome.ts';
import type { FeedReport } from '../domain/feed-report.ts';
import { readFeedReport } from './feed-report.ts';
import { isWholeXml } from './is-whole-xml.ts';

interface Parts {
  readonly feedId?: string;
  readonly status?: string;
  readonly counts?: readonly (number | string)[];
  readonly results?: string;
  readonly encoding?: string;
}

const result = (no: number | string, kind = 'Error', more = '', text = 'Invalid.') =>
  `<Result><MessageID>${no}</MessageID><ResultCode>${kind}</ResultCode><ResultMessageCode>18028</ResultMessageCode><ResultDescription>${text}</ResultDescription>${more}</Result>`;

function xml({
  feedId = '7',
  status = 'Complete',
  counts = [1, 0, 1],
  results = '',
  encoding = 'UTF-8',
}: Parts): string {
  const [processed = '', successful = '', failed = ''] = counts;
  return `<?xml version="1.0" encoding="${encoding}"?>
<AmazonEnvelope><Header><DocumentVersion>1.02</DocumentVersion></Header><MessageType>ProcessingReport</MessageType>
<Message><MessageID>1</MessageID><ProcessingReport><DocumentTransactionID>${feedId}</DocumentTransactionID>
<StatusCode>${status}</StatusCode><ProcessingSummary><MessagesProcessed>${processed}</MessagesProcessed>
<MessagesSuccessful>${successful}</MessagesSuccessful><MessagesWithError>${failed}</MessagesWithError>
<MessagesWithWarning>0</MessagesWithWarning></ProcessingSummary>${results}</ProcessingReport></Message></AmazonEnvelope>`;
}

const open = (bytes: Buffer | string, charset: string | null = null) =>
  readFeedReport({ bytes: Readable.from([Buffer.from(bytes)]), charset });

async function read(bytes: Buffer | string, charset: string | null = null): Promise<FeedReport> {
  const report = await open(bytes, charset);
  if (!report.ok) throw new Error(report.failure.sentence);
  return report.value;
}

const sample = (name: string) => `../shared/amazon/samples/processing-reports/${name}`;
const haveSamples = existsSync(sample('success.xml'));

describe('processing reports', () => {
  it.skipIf(!haveSamples).each([
    ['success.xml', ['902-0000001-0000004'], [{ is: 'accepted', warning: null }]],
    [
      'error-18021.xml',
      ['902-0000001-0000001', '902-0000001-0000006'],
      [{ is: 'accepted' }, { is: 'refused', code: '18021' }],
    ],
    ['error-18028.xml', ['902-0000001-0000004'], [{ is: 'refused', code: '18028' }]],
    [
      'error-5000-malformed.xml',
      ['902-0000001-0000001', '902-0000001-0000002'],
      [
        { is: 'refused', code: '5000' },
        { is: 'refused', code: '5000' },
      ],
    ],
    [
      'flatfile-report.txt',
      ['902-0000001-0000001', '902-0000001-0000006'],
      [{ is: 'accepted' }, { is: 'refused', code: '90012', text: 'Invented text for tests' }],
    ],
  ])('CAN-13: the sample %s is read', async (name, orders, outcomes) => {
    const messages = orders.map((amazonOrderId, i) => ({ messageNo: i + 1, amazonOrderId }));
    const found = feedOutcomes(
      { feedId: '50000000001', brokenOff: false, messages },
      await read(readFileSync(sample(name))),
    );
    expect([...found.values()]).toMatchObject(outcomes as MessageOutcome[]);
  });

  it('CAN-13: has every result with its number, kind, code, words and order', async () => {
    const info = '<AdditionalInfo><SKU>x</SKU><AmazonOrderID>902</AmazonOrderID></AdditionalInfo>';
    const results =
      result(1, 'Error', info, 'a &amp; b &lt;c&gt; &#228;&#x20AC;') +
      result(' 2 ', 'Warning') +
      result('x', 'Fatal');
    const report = await read(xml({ counts: [2, 1, 1], results }));
    expect(report).toEqual({
      is: 'report',
      feedId: '7',
      status: 'complete',
      counts: { processed: 2, successful: 1, failed: 1 },
      results: [
        { messageNo: 1, is: 'error', code: '18028', text: 'a & b <c> ä€', orderId: '902' },
        { messageNo: 2, is: 'warning', code: '18028', text: 'Invalid.', orderId: null },
        { messageNo: null, is: 'odd', code: '18028', text: 'Invalid.', orderId: null },
      ],
    });
  });

  it.each([
    ['Complete', 'complete'],
    ['Rejected', 'rejected'],
    ['Processing', 'open'],
    ['', 'open'],
  ])('CAN-13: the status %s is %s', async (status, read_) => {
    expect(await read(xml({ status }))).toMatchObject({ status: read_ });
  });

  it('CAN-13: a number that is missing is not known', async () => {
    expect(await read(xml({ counts: ['', 'many', 0] }))).toMatchObject({
      counts: { processed: null, successful: null, failed: 0 },
    });
  });

  const words = 'Größe “fünf” 注文';
  const latin = 'Größe fünf';
  const of = (text: string, encoding: string, named = encoding) =>
    iconv.encode(xml({ results: result(1, 'Error', '', text), encoding: named }), encoding);
  it.each([
    ['UTF-8', of(words, 'utf-8'), null, words],
    [
      'UTF-8 with a mark',
      iconv.encode(xml({ results: result(1, 'Error', '', words) }), 'utf-8', { addBOM: true }),
      null,
      words,
    ],
    [
      'UTF-16',
      iconv.encode(xml({ results: result(1, 'Error', '', words), encoding: 'UTF-16' }), 'utf-16le', {
        addBOM: true,
      }),
      'utf-16',
      words,
    ],
    ['what the download declared', of(latin, 'iso-8859-1', 'UTF-8'), 'ISO-8859-1', latin],
    ['what the download declared, though it could be UTF-8', of('Ã¼', 'iso-8859-1'), 'ISO-8859-1', 'Ã¼'],
    ['what the document names', of(latin, 'iso-8859-1'), null, latin],
    ['the document, where the download is wrong', of(latin, 'iso-8859-1'), 'utf-8', latin],
    ['Japanese', of('注文', 'windows-31j', 'Shift_JIS'), 'Windows-31J', '注文'],
    ['UTF-8 where both are wrong', of(words, 'utf-8', 'us-ascii'), 'nonsense', words],
    ['Windows-1252 where all are wrong', of('“fünf”', 'windows-1252', 'UTF-8'), 'utf-8', '“fünf”'],
  ])('CAN-13: reads %s', async (_name, bytes, charset, text) => {
    for (const packed of [bytes, gzipSync(bytes)])
      expect(await read(packed, charset)).toMatchObject({ results: [{ text }] });
  });

  const whole = xml({ results: result(1) });
  it.each([
    ['cut off', whole.slice(0, -20)],
    ['cut off before a result ends', whole.slice(0, whole.indexOf('</Result>'))],
    ['a tag closed twice', whole.replace('</Result>', '</Result></Result>')],
    ['tags crossed', whole.replace('</ResultCode>', '</ResultMessageCode>')],
    ['two roots', whole + whole.slice(whole.indexOf('<Amazon'))],
    ['more behind the root', `${whole} and more`],
    ['a stray sign', whole.replace('Invalid.', 'a < b')],
    ['a document type', whole.replace('<AmazonEnvelope>', '<!DOCTYPE a [<!ENTITY b "c">]><AmazonEnvelope>')],
    ['an odd name', whole.replace('<Header>', '<constructor/><Header>')],
    [
      'another document',
      '<EasyShipProcessingReport><FeedSubmissionID>7</FeedSubmissionID></EasyShipProcessingReport>',
    ],
    ['no id of the feed', xml({ feedId: '' })],
    ['two reports', whole.replace(/<Message>.*<\/Message>/s, (one) => one + one)],
    ['a web page', '<!doctype html><html><body>Sorry</body></html>'],
    ['JSON', '{"errors":[]}'],
    ['nothing', ''],
    ['a damaged archive', gzipSync(whole).subarray(0, 60)],
    ['more than 20 MB', gzipSync(Buffer.alloc(21 * 1024 * 1024, 'x'))],
  ])('CAN-13: what cannot be read says why: %s', async (_name, bytes) => {
    expect(await read(bytes)).toMatchObject({ is: 'unread', why: expect.stringMatching(/\.$/) as string });
  });

  it('CAN-13: is not read where the connection was cut, and can be opened again', async () => {
    const cut = Readable.from(
      (function* () {
        yield Buffer.from(whole.slice(0, 100));
        throw new TypeError('terminated');
      })(),
    );
    expect(await readFeedReport({ bytes: cut, charset: null })).toMatchObject({
      failure: { kind: 'retry', code: 'network' },
    });
  });

  it('CAN-13: may be flat, with or without rows', async () => {
    const head =
      'Feed Processing Summary:\n\tNumber of records processed\t\t3\n\tNumber of records successful\t\t2\n';
    const table =
      '\r\noriginal-record-number\torder-id\torder-item-id\terror-code\terror-type\terror-message\r\n2\t902\t1\t90012\tFatal\tNo.\n3\t\t\t1\tWarning\tHm.\n?\t\t\t1\tAlert\t\n';
    const counts = { processed: 3, successful: 2, failed: 1 };
    expect(await read(head)).toEqual({ is: 'report', feedId: null, status: 'complete', counts, results: [] });
    expect(await read(head + table)).toMatchObject({
      counts,
      results: [
        { messageNo: 2, is: 'error', code: '90012', text: 'No.', orderId: '902' },
        { messageNo: 3, is: 'warning', orderId: null },
        { messageNo: null, is: 'odd' },
      ],
    });
  });

  it('CAN-13: five thousand complaints are read in little time', async () => {
    const results = Array.from({ length: 5000 }, (_, i) =>
      result(i + 1, 'Error', '', 'a &amp; b'.repeat(20)),
    ).join('');
    const report = await read(xml({ counts: [5000, 0, 5000], results }));
    expect(report.is === 'report' && report.results.length).toBe(5000);
  });
});

it.each([
  ['<a/>', true],
  ['<?xml version="1.0"?>\n<!-- > <b> --><a b="1 > 2" c=\'"\'><b></b><![CDATA[<c>]]>d &gt; e</a >\n', true],
  ['<a/><b/>', false],
  ['<a></b></a>', false],
  ['</a>', false],
  ['</a/>', false],
  ['text<a/>', false],
  ['<a/>text', false],
  ['<a b="<"/>', false],
  ['<a', false],
  ['<!-- <a/>', false],
  ['', false],
])('CAN-13: whether XML is whole: %s', (xml_, whole) => {
  expect(isWholeXml(xml_)).toBe(whole);
});
