import { z } from 'zod';
import { fileSayings, type FileSaying } from '../domain/file-saying.ts';

/** A sentence about a report file, as it is kept. */
export const fileSayingShape = z.object({
  key: z.enum(fileSayings),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
}) satisfies z.ZodType<FileSaying>;
