import { includedDataValues, type IncludedData, isIncludedData } from './included-data.ts';

/** A parameter that Amazon refuses; the message says which and why. */
export class BadParameter extends Error {}

/** One value of the parameter, or null; given twice or empty is refused. */
export function single(query: URLSearchParams, name: string): string | null {
  const values = query.getAll(name);
  if (values.length > 1) throw new BadParameter(`${name} is given more than once.`);
  if (values[0] === '') throw new BadParameter(`${name} is empty.`);
  return values[0] ?? null;
}

/** The values of a list parameter, comma joined or repeated; null where it is absent. */
export function list(query: URLSearchParams, name: string): string[] | null {
  if (!query.has(name)) return null;
  const values = query.getAll(name).flatMap((value) => value.split(','));
  if (values.includes('')) throw new BadParameter(`${name} has an empty value.`);
  return values;
}

/** Like `list`; a value outside of `allowed` is refused. */
export function listOf(query: URLSearchParams, name: string, allowed: readonly string[]): string[] | null {
  const values = list(query, name);
  const odd = values?.find((value) => !allowed.includes(value));
  if (odd !== undefined)
    throw new BadParameter(`${name} ${odd} is not valid. Valid values: ${allowed.join(', ')}.`);
  return values;
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** An ISO 8601 time as milliseconds, or null where it is absent. */
export function time(query: URLSearchParams, name: string): number | null {
  const value = single(query, name);
  if (value === null) return null;
  const at = isoTime.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw new BadParameter(`${name} is not a date in ISO 8601 format.`);
  return at;
}

/** The data that was asked for through `includedData`; none where it is absent. */
export function includedData(query: URLSearchParams): IncludedData[] {
  return (listOf(query, 'includedData', includedDataValues) ?? []).filter(isIncludedData);
}
