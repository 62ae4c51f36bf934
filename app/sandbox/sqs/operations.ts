import { z } from 'zod';
import { describeQueue } from './describe-queue.ts';
import { invalidParameter, missingParameter, oddBatch, SqsError } from './error.ts';
import { md5, md5OfAttributes, type MessageAttribute } from './md5.ts';
import type { Message } from './queue.ts';
import { type NamedQueue, pathOf, type Queues } from './queues.ts';

/** What an operation works with. */
export interface SqsCall {
  readonly queues: Queues;
  /** Where the caller reaches this service, for the addresses of queues. */
  readonly origin: string;
  /** Says that the caller has gone. */
  readonly signal: AbortSignal;
}

type Operation = (call: SqsCall, input: unknown) => Promise<object> | object;

const texts = z.record(z.string(), z.string());
const url = { QueueUrl: z.string() };
const attributes = z
  .record(
    z.string().regex(/^[\w.-]{1,256}$/),
    z.object({
      DataType: z.string().min(1),
      StringValue: z.string().optional(),
      BinaryValue: z.string().optional(),
    }),
  )
  .default({});
const sending = {
  MessageBody: z.string(),
  DelaySeconds: z.number().int().min(0).max(900).optional(),
  MessageAttributes: attributes,
};
const shapes = {
  CreateQueue: z.object({ QueueName: z.string(), Attributes: texts.default({}) }),
  GetQueueUrl: z.object({ QueueName: z.string() }),
  GetQueueAttributes: z.object({ ...url, AttributeNames: z.array(z.string()).default([]) }),
  SetQueueAttributes: z.object({ ...url, Attributes: texts }),
  SendMessage: z.object({ ...url, ...sending }),
  SendMessageBatch: z.object({ ...url, Entries: z.array(z.object({ Id: z.string(), ...sending })) }),
  ReceiveMessage: z.object({
    ...url,
    MaxNumberOfMessages: z.number().int().min(1).max(10).default(1),
    WaitTimeSeconds: z.number().int().min(0).max(20).optional(),
    VisibilityTimeout: z.number().int().min(0).max(43_200).optional(),
    AttributeNames: z.array(z.string()).default([]),
    MessageSystemAttributeNames: z.array(z.string()).default([]),
    MessageAttributeNames: z.array(z.string()).default([]),
  }),
  DeleteMessage: z.object({ ...url, ReceiptHandle: z.string() }),
  DeleteMessageBatch: z.object({
    ...url,
    Entries: z.array(z.object({ Id: z.string(), ReceiptHandle: z.string() })),
  }),
  ChangeMessageVisibility: z.object({
    ...url,
    ReceiptHandle: z.string(),
    VisibilityTimeout: z.number().int().min(0).max(43_200),
  }),
};

/** Names of the operations that are answered. */
type OperationName = keyof typeof shapes;

function parse<Shape extends z.ZodType>(shape: Shape, input: unknown): z.infer<Shape> {
  const parsed = shape.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = issue?.path.join('.') ?? '';
  const absent =
    issue?.path.length === 1 &&
    issue.code === 'invalid_type' &&
    typeof input === 'object' &&
    !(name in (input ?? {}));
  throw absent
    ? missingParameter(name)
    : invalidParameter(`Value for parameter ${name} is invalid. Reason: ${issue?.message ?? ''}.`);
}

type Sent = z.infer<typeof shapes.SendMessage>;

// What XML 1.0 cannot hold, SQS does not take.
const oddCharacters = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

function send(
  named: NamedQueue,
  { MessageBody: body, MessageAttributes, DelaySeconds }: Omit<Sent, 'QueueUrl'>,
) {
  if (body === '') throw missingParameter('MessageBody');
  if (oddCharacters.test(body))
    throw new SqsError('InvalidMessageContents', 'The message contains characters outside the allowed set.');
  const most = Number(named.attributes['MaximumMessageSize']);
  if (Buffer.byteLength(body) + Buffer.byteLength(JSON.stringify(MessageAttributes)) > most)
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`,
    );
  const delayMs = (DelaySeconds ?? Number(named.attributes['DelaySeconds'])) * 1000;
  const { id } = named.queue.send({ body, attributes: MessageAttributes, delayMs });
  return {
    MessageId: id,
    MD5OfMessageBody: md5(body),
    ...digest(MessageAttributes, 'MD5OfMessageAttributes'),
  };
}

function digest(of: Readonly<Record<string, MessageAttribute>>, as: string): Record<string, string> {
  return Object.keys(of).length === 0 ? {} : { [as]: md5OfAttributes(of) };
}

function systemAttributes(message: Message, wanted: readonly string[]): Record<string, string> {
  const all: Record<string, string> = {
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? 0),
    ApproximateReceiveCount: String(message.receives),
    SenderId: 'AIDAPRETENDAMAZON',
    SentTimestamp: String(message.sentAt),
    ...(message.sourceArn === null ? {} : { DeadLetterQueueSourceArn: message.sourceArn }),
  };
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => wanted.includes('All') || wanted.includes(name)),
  );
}

const namedBy = (name: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) =>
    pattern === 'All' || pattern.endsWith('*') || pattern.endsWith('.*')
      ? name.startsWith(pattern === 'All' ? '' : pattern.replace(/\.?\*$/, ''))
      : name === pattern,
  );

function received(message: Message, input: z.infer<typeof shapes.ReceiveMessage>) {
  const system = systemAttributes(message, [...input.AttributeNames, ...input.MessageSystemAttributeNames]);
  const shown = Object.fromEntries(
    Object.entries(message.attributes).filter(([name]) => namedBy(name, input.MessageAttributeNames)),
  );
  return {
    MessageId: message.id,
    ReceiptHandle: message.handle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Object.keys(system).length === 0 ? {} : { Attributes: system }),
    ...(Object.keys(shown).length === 0 ? {} : { MessageAttributes: shown }),
    ...digest(shown, 'MD5OfMessageAttributes'),
  };
}

/** Does every entry of a batch on its own; one that is refused does not cost the others. */
function batch<Entry extends { readonly Id: string }>(
  entries: readonly Entry[],
  one: (entry: Entry) => object,
) {
  if (entries.length === 0)
    throw oddBatch('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > 10)
    throw oddBatch(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length)
    throw oddBatch('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...one(entry) });
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.queryCode, Message: error.message });
    }
  }
  return { Successful, ...(Failed.length === 0 ? {} : { Failed }) };
}

async function receive({ queues, signal }: SqsCall, given: unknown): Promise<object> {
  const input = parse(shapes.ReceiveMessage, given);
  const named = queues.byUrl(input.QueueUrl);
  const seconds = (own: number | undefined, name: string) => own ?? Number(named.attributes[name]);
  const messages = await named.queue.takeSoon(
    input.MaxNumberOfMessages,
    seconds(input.VisibilityTimeout, 'VisibilityTimeout') * 1000,
    seconds(input.WaitTimeSeconds, 'ReceiveMessageWaitTimeSeconds') * 1000,
    signal,
  );
  return messages.length === 0 ? {} : { Messages: messages.map((message) => received(message, input)) };
}

/** The operations by name, as AWS's model describes them (service `sqs`, JSON protocol 1.0). */
const operations: Readonly<Record<OperationName, Operation>> = {
  CreateQueue({ queues, origin }, given) {
    const input = parse(shapes.CreateQueue, given);
    return { QueueUrl: origin + pathOf(queues.create(input.QueueName, input.Attributes)) };
  },
  GetQueueUrl({ queues, origin }, given) {
    return { QueueUrl: origin + pathOf(queues.byName(parse(shapes.GetQueueUrl, given).QueueName)) };
  },
  GetQueueAttributes({ queues }, given) {
    const input = parse(shapes.GetQueueAttributes, given);
    const Attributes = describeQueue(queues.byUrl(input.QueueUrl), input.AttributeNames);
    return Object.keys(Attributes).length === 0 ? {} : { Attributes };
  },
  SetQueueAttributes({ queues }, given) {
    const input = parse(shapes.SetQueueAttributes, given);
    queues.change(queues.byUrl(input.QueueUrl), input.Attributes);
    return {};
  },
  SendMessage({ queues }, given) {
    const input = parse(shapes.SendMessage, given);
    return send(queues.byUrl(input.QueueUrl), input);
  },
  SendMessageBatch({ queues }, given) {
    const input = parse(shapes.SendMessageBatch, given);
    const named = queues.byUrl(input.QueueUrl);
    return batch(input.Entries, (entry) => send(named, entry));
  },
  ReceiveMessage: receive,
  DeleteMessage({ queues }, given) {
    const input = parse(shapes.DeleteMessage, given);
    queues.byUrl(input.QueueUrl).queue.remove(input.ReceiptHandle);
    return {};
  },
  DeleteMessageBatch({ queues }, given) {
    const input = parse(shapes.DeleteMessageBatch, given);
    const { queue } = queues.byUrl(input.QueueUrl);
    return batch(input.Entries, (entry) => {
      queue.remove(entry.ReceiptHandle);
      return {};
    });
  },
  ChangeMessageVisibility({ queues }, given) {
    const input = parse(shapes.ChangeMessageVisibility, given);
    queues.byUrl(input.QueueUrl).queue.hide(input.ReceiptHandle, input.VisibilityTimeout * 1000);
    return {};
  },
};

/** Does one operation. Throws SqsError where SQS refuses it. */
export async function doOperation(name: string, call: SqsCall, input: unknown): Promise<object> {
  const found = Object.entries(operations).find(([known]) => known === name)?.[1];
  if (!found)
    throw new SqsError('UnsupportedOperation', `The pretend SQS does not offer ${name}.`, {
      queryCode: 'AWS.SimpleQueueService.UnsupportedOperation',
    });
  return found(call, input);
}
