/** The one line that is meant by its own id or its SKU; null where there is none, or several. */
export function namedLine<Line extends { readonly orderItemId: string; readonly sku: string | null }>(
  name: string,
  lines: readonly Line[],
): Line | null {
  const own = lines.filter(({ orderItemId }) => orderItemId === name);
  const [line, ...more] = own.length > 0 ? own : lines.filter(({ sku }) => sku === name);
  return line && more.length === 0 ? line : null;
}
