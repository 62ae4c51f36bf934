import type { z } from 'zod';

/** One call as a route gets it, its body already checked. */
export interface Call<Body> {
  /** Parts of the path, by the names the route gives them. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
}

/** An answer; the status is 200 where none is named. */
export interface Reply {
  readonly status?: number;
  readonly body: unknown;
}

/** A call of the control interface. */
export interface Route {
  readonly method: string;
  /** `/amazon/orders/:id`. */
  readonly path: string;
  run(call: Call<unknown>): Promise<Reply>;
}

/** Makes a route whose body must have the given shape; without a body it is `{}`. The result is the answer's body or a whole answer. */
export function route<Body>(
  method: string,
  path: string,
  shape: z.ZodType<Body>,
  run: (call: Call<Body>) => unknown,
): Route {
  return {
    method,
    path,
    async run(call) {
      const body = await run({ ...call, body: shape.parse(call.body ?? {}) });
      return isReply(body) ? body : { body };
    },
  };
}

const replies = new WeakSet<object>();

/** An answer with a status of its own. */
export function reply(status: number, body: unknown): Reply {
  const made: Reply = { status, body };
  replies.add(made);
  return made;
}

function isReply(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && replies.has(value);
}
