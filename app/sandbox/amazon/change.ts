/** Why something asked for through the control interface was not done: an HTTP status and a sentence. */
interface Refused {
  readonly ok: false;
  readonly status: 400 | 404 | 409;
  readonly sentence: string;
}

/** What came of it. */
export type Done<Result extends object = object> = ({ readonly ok: true } & Result) | Refused;

/** A refusal. */
export function refused(status: Refused['status'], sentence: string): Refused {
  return { ok: false, status, sentence };
}
