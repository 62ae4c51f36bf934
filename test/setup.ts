import { afterAll, afterEach, beforeEach, expect, vi } from 'vitest';

// What a test prints is a mess it leaves: it fails.
const noise: string[] = [];

beforeEach(() => {
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...said: unknown[]) => {
      noise.push(`console.${method}: ${said.map(String).join(' ')}`);
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  const said = noise.splice(0);
  expect(said, 'a test printed to the console').toEqual([]);
});

// Files of one worker share the process: a clock that one moved would be the next one's time.
afterAll(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('concord.clock'));
});
