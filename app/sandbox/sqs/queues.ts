import { z } from 'zod';
import { invalidParameter, noSuchQueue, SqsError } from './error.ts';
import { policyAllows } from './policy.ts';
import { Queue } from './queue.ts';

/** Account and region of all pretend queues. */
const account = '000000000000';
export const region = 'us-east-1';

type Attributes = Readonly<Record<string, string>>;

/** A queue with its name and what was set on it. */
export interface NamedQueue {
  readonly name: string;
  readonly arn: string;
  readonly queue: Queue;
  readonly createdAt: number;
  changedAt: number;
  attributes: Attributes;
}

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));
const redriveShape = z.object({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number().int().min(1).max(1000),
});
const settable: Readonly<Record<string, (value: string) => boolean>> = {
  DelaySeconds: (value) => whole(0, 900).safeParse(value).success,
  MaximumMessageSize: (value) => whole(1024, 1_048_576).safeParse(value).success,
  MessageRetentionPeriod: (value) => whole(60, 1_209_600).safeParse(value).success,
  ReceiveMessageWaitTimeSeconds: (value) => whole(0, 20).safeParse(value).success,
  VisibilityTimeout: (value) => whole(0, 43_200).safeParse(value).success,
  Policy: (value) => value === '' || isJson(value),
  RedrivePolicy: (value) => value === '' || redriveOf(value) !== null,
  RedriveAllowPolicy: isJson,
  SqsManagedSseEnabled: (value) => value === 'true' || value === 'false',
};

/** What SQS sets where nothing is said. */
const defaults: Attributes = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function redriveOf(text: string): z.infer<typeof redriveShape> | null {
  const parsed = isJson(text) ? redriveShape.safeParse(JSON.parse(text)) : null;
  return parsed?.success ? parsed.data : null;
}

function checkAttributes(attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    const fits = settable[name];
    if (!fits) throw new SqsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    if (!fits(value)) throw new SqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
  }
}

/** All queues of the pretend account. */
export class Queues {
  readonly #queues = new Map<string, NamedQueue>();
  readonly #now: () => number;
  readonly #real: () => number;

  constructor(now: () => number, real: () => number) {
    this.#now = now;
    this.#real = real;
  }

  /** The queue of this name; made where there is none. One that has other values than are asked for is refused. */
  create(name: string, asked: Attributes): NamedQueue {
    if (!/^[\w-]{1,80}$/.test(name))
      throw invalidParameter(
        'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      );
    checkAttributes(asked);
    const known = this.#queues.get(name);
    if (known) {
      const other = Object.entries(asked).find(([key, value]) => known.attributes[key] !== value);
      if (other)
        throw new SqsError(
          'QueueNameExists',
          `A queue already exists with the same name and a different value for attribute ${other[0]}`,
          { queryCode: 'QueueAlreadyExists' },
        );
      return known;
    }
    const made = this.#make(name, asked);
    this.#queues.set(name, made);
    return made;
  }

  #make(name: string, asked: Attributes): NamedQueue {
    const arn = `arn:aws:sqs:${region}:${account}:${name}`;
    const value = (key: string) => named.attributes[key] ?? '';
    const queue = new Queue({
      arn,
      now: this.#now,
      real: this.#real,
      retention: () => Number(value('MessageRetentionPeriod')) * 1000,
      redrive: () => {
        const policy = redriveOf(value('RedrivePolicy'));
        const to = policy && this.byArn(policy.deadLetterTargetArn)?.queue;
        return policy && to ? { to, after: policy.maxReceiveCount } : null;
      },
    });
    const at = this.#now();
    const named: NamedQueue = {
      name,
      arn,
      queue,
      createdAt: at,
      changedAt: at,
      attributes: { ...defaults, ...asked },
    };
    return named;
  }

  /** The queue of a name. Throws QueueDoesNotExist. */
  byName(name: string): NamedQueue {
    const found = this.#queues.get(name);
    if (!found) throw noSuchQueue();
    return found;
  }

  /** The queue of an address; its host does not matter. Throws QueueDoesNotExist. */
  byUrl(url: string): NamedQueue {
    const path = URL.canParse(url) ? new URL(url).pathname : url;
    const [, owner, name] = /^\/(\d{12})\/([^/]+)$/.exec(path) ?? [];
    if (owner !== account || name === undefined) throw noSuchQueue();
    return this.byName(name);
  }

  /** The queue of an ARN; undefined where there is none. */
  byArn(arn: string): NamedQueue | undefined {
    return [...this.#queues.values()].find((one) => one.arn === arn);
  }

  /** Sets attributes; an empty text takes a policy away. */
  change(queue: NamedQueue, asked: Attributes): void {
    checkAttributes(asked);
    const kept = Object.entries({ ...queue.attributes, ...asked }).filter(([, value]) => value !== '');
    queue.attributes = Object.fromEntries(kept);
    queue.changedAt = this.#now();
  }

  /** Whether another account may send to the queue and look at it, as Amazon's notifications have to. */
  lets(arn: string, other: string): boolean {
    const policy = this.byArn(arn)?.attributes['Policy'];
    return ['sqs:SendMessage', 'sqs:GetQueueAttributes'].every((action) =>
      policyAllows(policy, { account: other, action, arn }),
    );
  }

  /** No queue any more. */
  clear(): void {
    for (const { queue } of this.#queues.values()) queue.end();
    this.#queues.clear();
  }
}

/** The path of a queue's address. */
export function pathOf({ name }: NamedQueue): string {
  return `/${account}/${name}`;
}
