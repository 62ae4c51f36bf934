/** A control call that cannot be done: the HTTP status and the sentence of the answer. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}
