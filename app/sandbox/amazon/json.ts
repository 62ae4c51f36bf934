/** A JSON object whose members have not been looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether the value is a JSON object (not null, not an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member as an object; empty where it is something else or absent. */
export function objectIn(holder: JsonObject, name: string): JsonObject {
  const value = holder[name];
  return isObject(value) ? value : {};
}

/** The objects among the member's elements; none where it is not an array. */
export function objectsIn(holder: JsonObject, name: string): JsonObject[] {
  const value = holder[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The member where it is a text, else null. */
export function textIn(holder: JsonObject, name: string): string | null {
  const value = holder[name];
  return typeof value === 'string' ? value : null;
}

/** The member where it is a finite number, else null. */
export function numberIn(holder: JsonObject, name: string): number | null {
  const value = holder[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A copy without the named members. */
export function without(holder: JsonObject, names: Iterable<string>): JsonObject {
  const copy: Record<string, unknown> = { ...holder };
  for (const name of names) Reflect.deleteProperty(copy, name);
  return copy;
}
