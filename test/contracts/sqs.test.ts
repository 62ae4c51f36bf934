import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  type SQSServiceException,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SqsWorld, startSqs } from './sqs-world.ts';

describe("the pretend SQS before AWS's own client", () => {
  let world: SqsWorld;
  let url = '';
  beforeAll(async () => {
    world = await startSqs();
  });
  beforeEach(async () => {
    world.sqs.reset();
    url = await create('one');
  });
  afterAll(() => world.close());

  const create = async (name: string, attributes: Record<string, string> = {}) =>
    (await world.client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }))).QueueUrl ??
    '';
  const send = (body: string, queue = url) =>
    world.client.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: body }));
  const receive = async (
    more: Partial<ReceiveMessageCommand['input']> = {},
    signal?: AbortSignal,
  ): Promise<Message[]> =>
    (
      await world.client.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
          ...more,
        }),
        signal ? { abortSignal: signal } : {},
      )
    ).Messages ?? [];
  const remove = (message: Message | undefined) =>
    world.client.send(
      new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle ?? '' }),
    );
  const attributes = async (queue = url, ...names: string[]) =>
    (
      await world.client.send(
        new GetQueueAttributesCommand({
          QueueUrl: queue,
          AttributeNames: (names.length > 0 ? names : ['All']) as ['All'],
        }),
      )
    ).Attributes ?? {};
  const refusal = async (work: Promise<unknown>) => {
    try {
      await work;
    } catch (error) {
      const { name, $metadata } = error as SQSServiceException;
      return { name, status: $metadata.httpStatusCode };
    }
    throw new Error('It was not refused.');
  };

  it('gives what was sent, with digests, attributes and times', async () => {
    const body = 'Änne 🫖 <b>"quoted"</b>\n';
    await world.client.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: body,
        MessageAttributes: {
          why: { DataType: 'String', StringValue: 'Not JSON.' },
          raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
        },
      }),
    );
    const [message] = await receive();
    expect(message).toMatchObject({
      Body: body,
      Attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(world.now) },
      MessageAttributes: { why: { DataType: 'String', StringValue: 'Not JSON.' } },
    });
    expect(message?.MD5OfMessageAttributes).toMatch(/^[0-9a-f]{32}$/);
  });

  it('hides what was received until its time is over, and forgets what was deleted', async () => {
    await send('a');
    const [first] = await receive({ VisibilityTimeout: 1 });
    expect(await receive()).toEqual([]);
    const [again] = await receive({ WaitTimeSeconds: 5, VisibilityTimeout: 60 });
    expect(again).toMatchObject({
      MessageId: first?.MessageId,
      Attributes: { ApproximateReceiveCount: '2' },
    });
    await remove(again);
    await remove(again);
    expect(await attributes()).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
    });
  });

  it('ends a long poll as soon as a message arrives, and gives it to one only', async () => {
    const began = performance.now();
    const polls = [receive({ WaitTimeSeconds: 20 }), receive({ WaitTimeSeconds: 1 })];
    await send('a');
    const bodies = (await Promise.all(polls)).flat().map(({ Body }) => Body);
    expect(bodies).toEqual(['a']);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('gives nothing to a caller that has gone', async () => {
    const gone = new AbortController();
    const poll = receive({ WaitTimeSeconds: 20 }, gone.signal).catch(() => []);
    // By the time another call is answered the poll has arrived.
    await attributes();
    gone.abort();
    await poll;
    await attributes();
    await send('a');
    expect((await receive({ WaitTimeSeconds: 5 })).map(({ Body }) => Body)).toEqual(['a']);
  });

  it('makes a message come back at once, or later, when its time is changed', async () => {
    await send('a');
    const [message] = await receive();
    const change = (seconds: number) =>
      world.client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: message?.ReceiptHandle ?? '',
          VisibilityTimeout: seconds,
        }),
      );
    await change(0);
    expect(await refusal(change(10))).toMatchObject({ name: 'MessageNotInflight' });
    expect(await receive()).toHaveLength(1);
  });

  it('takes batches, at most ten at a time, and refuses single entries', async () => {
    const Entries = Array.from({ length: 10 }, (_, n) => ({
      Id: `e${n}`,
      MessageBody: n === 3 ? '' : `b${n}`,
    }));
    const sent = await world.client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    expect(sent.Successful).toHaveLength(9);
    expect(sent.Failed).toMatchObject([{ Id: 'e3', SenderFault: true }]);
    const got = await receive();
    expect(got).toHaveLength(9);
    const gone = await world.client.send(
      new DeleteMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          ...got.map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle })),
          { Id: 'odd', ReceiptHandle: 'x' },
        ],
      }),
    );
    expect(gone.Failed).toMatchObject([{ Id: 'odd', Code: 'ReceiptHandleIsInvalid' }]);
    const eleven = Array.from({ length: 11 }, (_, n) => ({ Id: `e${n}`, MessageBody: 'x' }));
    const batch = (entries: typeof eleven) =>
      refusal(world.client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: entries })));
    expect(await batch(eleven)).toMatchObject({ name: 'TooManyEntriesInBatchRequest', status: 400 });
    expect(await batch([])).toMatchObject({ name: 'EmptyBatchRequest' });
    expect(await batch([eleven[0], eleven[0]].flatMap((one) => one ?? []))).toMatchObject({
      name: 'BatchEntryIdsNotDistinct',
    });
  });

  it('moves what was received too often to the dead-letter queue, with its id', async () => {
    const dead = await create('dead');
    const arn = (await attributes(dead, 'QueueArn'))['QueueArn'] ?? '';
    await world.client.send(
      new SetQueueAttributesCommand({
        QueueUrl: url,
        Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 2 }) },
      }),
    );
    const { MessageId } = await send('poison');
    for (let n = 0; n < 2; n += 1) expect(await receive({ VisibilityTimeout: 0 })).toHaveLength(1);
    expect(await receive()).toEqual([]);
    expect(await receive({ QueueUrl: dead })).toMatchObject([
      {
        MessageId,
        Body: 'poison',
        Attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(world.now) },
      },
    ]);
  });

  it('forgets what is older than its queue keeps', async () => {
    await send('old');
    world.now += 345_601_000;
    expect(await receive()).toEqual([]);
  });

  it('makes a queue once, finds it by name, and refuses what it does not have', async () => {
    expect(await create('one')).toBe(url);
    expect((await world.client.send(new GetQueueUrlCommand({ QueueName: 'one' }))).QueueUrl).toBe(url);
    expect(await attributes(url, 'QueueArn')).toEqual({ QueueArn: 'arn:aws:sqs:us-east-1:000000000000:one' });
    expect(await refusal(create('one', { VisibilityTimeout: '5' }))).toMatchObject({
      name: 'QueueNameExists',
    });
    expect(await refusal(create('a b'))).toMatchObject({ status: 400 });
    expect(await refusal(create('two', { VisibilityTimeout: 'x' }))).toMatchObject({
      name: 'InvalidAttributeValue',
    });
    expect(await refusal(create('two', { Odd: 'x' }))).toMatchObject({ name: 'InvalidAttributeName' });
    expect(await refusal(world.client.send(new GetQueueUrlCommand({ QueueName: 'two' })))).toMatchObject({
      name: 'QueueDoesNotExist',
      status: 400,
    });
    expect(await refusal(receive({ QueueUrl: `${world.origin}/000000000000/two` }))).toMatchObject({
      name: 'QueueDoesNotExist',
    });
    expect(await refusal(remove({ ReceiptHandle: 'x' }))).toMatchObject({ name: 'ReceiptHandleIsInvalid' });
    expect(await refusal(receive({ MaxNumberOfMessages: 11 }))).toMatchObject({ status: 400 });
    expect(await refusal(send('\u0000'))).toMatchObject({ name: 'InvalidMessageContents' });
    expect(await refusal(send('x'.repeat(1_048_577)))).toMatchObject({ status: 400 });
  });

  it('tells an error in both of its forms', async () => {
    const response = await fetch(world.origin, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonSQS.GetQueueUrl', authorization: 'AWS4-HMAC-SHA256 x' },
      body: JSON.stringify({ QueueName: 'none' }),
    });
    expect(response.headers.get('x-amzn-query-error')).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender');
    expect(await response.json()).toMatchObject({ __type: 'com.amazonaws.sqs#QueueDoesNotExist' });
  });

  it.each([
    ['{', 400],
    ['{}', 403],
  ])('SEC-3: refuses %s without a signature', async (body, status) => {
    const response = await fetch(world.origin, { method: 'POST', body });
    expect(response.status).toBe(status);
  });

  it('has faults of its own, which only one that names the operation switches on', async () => {
    world.fault('SendMessage', 'error', { status: 503, code: 'ServiceUnavailable' });
    expect(await refusal(send('a'))).toMatchObject({ status: 503 });
    world.fault('SendMessage', 'throttle');
    expect(await refusal(send('a'))).toMatchObject({ name: 'RequestThrottled' });
    world.fault('DeleteMessage', 'drop-answer');
    await send('a');
    const [message] = await receive();
    await expect(remove(message)).rejects.toThrow();
    expect((await attributes())['ApproximateNumberOfMessagesNotVisible']).toBe('0');
  });
});
