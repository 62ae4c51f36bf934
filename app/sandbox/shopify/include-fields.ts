function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a subscription's `include_fields` leave of a payload: `id`, `line_items.sku`. Lists are gone through. */
export function onlyFields(payload: unknown, fields: readonly string[]): unknown {
  if (Array.isArray(payload)) return payload.map((one) => onlyFields(one, fields));
  if (!isObject(payload)) return payload;
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(payload)) {
    const inner = fields
      .filter((field) => field.startsWith(`${key}.`))
      .map((field) => field.slice(key.length + 1));
    if (fields.includes(key)) kept[key] = value;
    else if (inner.length > 0) kept[key] = onlyFields(value, inner);
  }
  return kept;
}
