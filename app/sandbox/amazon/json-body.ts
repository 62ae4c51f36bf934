import type { z } from 'zod';
import { BadParameter } from './query.ts';

/** A JSON body of the given shape. Throws BadParameter where it is none. */
export function jsonBody<Shape extends z.ZodType>(shape: Shape, body: string): z.infer<Shape> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new BadParameter('The body is not JSON.');
  }
  const result = shape.safeParse(value);
  if (!result.success)
    throw new BadParameter(`${result.error.issues[0]?.path.join('.') ?? 'The body'} is not valid.`);
  return result.data;
}
