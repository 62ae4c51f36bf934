const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** A form's values after what is saved became another: what was typed differs from `over` and stays, the rest is as `saved` now. */
export function rebased<T extends object>(value: T, over: T, saved: T): T {
  const [typed, before] = [
    new Map<string, unknown>(Object.entries(value)),
    new Map<string, unknown>(Object.entries(over)),
  ];
  const fields = Object.entries(saved as Readonly<Record<string, unknown>>).map(
    ([name, now]) => [name, same(typed.get(name), before.get(name)) ? now : typed.get(name)] as const,
  );
  return Object.fromEntries(fields) as T;
}
