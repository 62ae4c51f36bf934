/** What goes back over HTTP. Bytes are sent as they are, a text body as HTML, anything else as JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function failure(status: number, code: string, message: string, details: string): Answer {
  return { status, body: { errors: [{ code, message, details }] } };
}

/** 400 as Amazon words it; `details` says what is wrong (Amazon itself often only repeats the message). */
export function invalidInput(details: string): Answer {
  return failure(400, 'InvalidInput', 'Invalid Input', details);
}

/** 403 for a missing, odd, expired or revoked token, or a missing role. */
export function unauthorized(details: string): Answer {
  return failure(403, 'Unauthorized', 'Access to requested resource is denied.', details);
}

/** 403 where an `includedData` value is refused although the call itself is allowed (models#5319). */
export function accessDenied(value: string): Answer {
  return failure(
    403,
    'AccessDenied',
    'Access to requested resource is denied.',
    `includedData ${value} is not allowed.`,
  );
}

/** 404. */
export function notFound(details: string): Answer {
  return failure(404, 'NotFound', 'The requested resource could not be found.', details);
}

/** 409 where something of the kind exists already, or is still in use. */
export function conflict(details: string): Answer {
  return failure(409, 'Conflict', 'The resource conflicts with the current state.', details);
}

/** 429; carries no rate header and no Retry-After, as Amazon's often does not. */
export function quotaExceeded(): Answer {
  return failure(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.', '');
}

/** 501 for what the real Amazon has and this one does not (yet). */
export function notOffered(what: string): Answer {
  return failure(501, 'NotImplemented', `The pretend Amazon does not offer ${what} yet.`, '');
}

/** An error that was asked for with `POST /faults`; the code `html` gives a page instead of `errors[]`. */
export function askedError(status: number, code: string): Answer {
  if (code !== 'html')
    return failure(status, code, 'We encountered an internal error. Please try again.', '');
  return {
    status,
    body: `<html><head><title>${status}</title></head><body><h1>Service Unavailable</h1></body></html>`,
  };
}

/** 500 for a fault in the pretend Amazon itself; unlike the real one's it says what went wrong. */
export function internalFailure(error: unknown): Answer {
  return failure(500, 'InternalFailure', 'The pretend Amazon has a fault of its own.', String(error));
}
