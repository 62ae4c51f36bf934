/** A request that is refused, as SQS words it. `type` names the shape, `queryCode` the name that older clients know it by. */
export class SqsError extends Error {
  readonly type: string;
  readonly queryCode: string;
  readonly status: number;

  constructor(type: string, message: string, { queryCode = type, status = 400 } = {}) {
    super(message);
    this.type = type;
    this.queryCode = queryCode;
    this.status = status;
  }
}

const old = (name: string) => `AWS.SimpleQueueService.${name}`;

/** The queue does not exist. */
export function noSuchQueue(): SqsError {
  return new SqsError('QueueDoesNotExist', 'The specified queue does not exist.', {
    queryCode: old('NonExistentQueue'),
  });
}

/** A parameter has a value that is not possible. */
export function invalidParameter(message: string): SqsError {
  return new SqsError('InvalidParameterValueException', message, { queryCode: 'InvalidParameterValue' });
}

/** A parameter is missing. */
export function missingParameter(name: string): SqsError {
  const message = `The request must contain the parameter ${name}.`;
  return new SqsError('MissingRequiredParameterException', message, { queryCode: 'MissingParameter' });
}

/** A receipt handle that this queue never gave out. */
export function oddReceiptHandle(): SqsError {
  return new SqsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
}

/** The message is not in flight, so its time cannot be changed. */
export function notInFlight(): SqsError {
  return new SqsError('MessageNotInflight', 'The message is not in flight.', {
    queryCode: old('MessageNotInflight'),
  });
}

/** A batch that is empty, too long, or names an entry twice. */
export function oddBatch(type: string, message: string): SqsError {
  return new SqsError(type, message, { queryCode: old(type) });
}
