import type { z } from 'zod';
import type { Result } from '../domain/failure.ts';
import { fail, ok } from '../domain/failure.ts';
import { asWrite } from './failure.ts';
import type { Call, Session } from './session.ts';

/** Calls, and reads the answer by its shape. An answer of another shape is `retry`, or `unsure` after a write. */
export async function askShape<Body>(
  session: Session,
  call: Call,
  shape: z.ZodType<Body>,
): Promise<Result<Body>> {
  const answer = await session.ask(call);
  if (!answer.ok) return answer;
  const body = shape.safeParse(answer.value.body);
  if (body.success) return ok(body.data);
  const sentence = `Amazon's answer to ${call.operation} does not have the shape it should have.`;
  const failure = { kind: 'retry', code: 'bad_answer', sentence, at: null } as const;
  return fail(call.writes ? asWrite(failure) : failure);
}
