import type { Failure } from '../domain/failure.ts';

/**
 * A failed look as a reading: for looking, an answer that went missing is the same as one that failed. Only an order that
 * is not there cannot be read later either; a refused access may be granted again.
 */
export function unreadableBecause(failure: Failure): {
  kind: 'unreadable';
  why: string;
  at: number | null;
  final: boolean;
} {
  const at = failure.kind === 'retry' ? failure.at : null;
  return { kind: 'unreadable', why: failure.sentence, at, final: failure.code === 'not_found' };
}
