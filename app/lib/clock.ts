import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** What the clock's owner says: at this moment the world's time is `now` (ms UTC) and runs `speed` times as fast. */
const tick = z.object({ now: z.number(), speed: z.number().positive(), epoch: z.number().int() });
type Tick = z.infer<typeof tick>;

interface ClockState {
  base: number;
  at: number;
  speed: number;
}

// One clock per process, even where a bundle brings a second copy of this module.
const slot = Symbol.for('concord.clock');
const holder = globalThis as { [slot]?: ClockState };
const listeners = new Set<() => void>();

// `Date.now` is kept as it was at the start: the sandbox lets Date itself follow this clock.
const systemNow = Date.now;

/** The machine's own wall clock in milliseconds UTC, whatever clock is followed: it goes on while the machine sleeps. */
export function machineNow(): number {
  return systemNow();
}

/** The product's time in milliseconds UTC: the machine's, or the sandbox's where a clock is followed. */
export function now(): number {
  const state = holder[slot];
  if (!state) return systemNow();
  return Math.floor(state.base + (performance.now() - state.at) * state.speed);
}

/** Sets this process's time: from now on it is `base` (ms UTC) and runs `speed` times as fast as real time. */
export function setClock(base: number, speed = 1): void {
  holder[slot] = { base, at: performance.now(), speed };
  for (const listener of listeners) listener();
}

/** Calls `listener` whenever this module's clock is moved, until the returned function is called. */
export function onClockChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How many times faster than real time the clock runs; 1 without a sandbox. */
export function clockSpeed(): number {
  return holder[slot]?.speed ?? 1;
}

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const parts = (rest + decoder.decode(chunk.value, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts.filter((line) => line !== '');
  }
}

async function follow(
  origin: string,
  id: string,
  name: string,
  signal: AbortSignal,
  first: () => void,
): Promise<void> {
  const response = await fetch(`${origin}/clock/stream?id=${id}&name=${encodeURIComponent(name)}`, {
    signal,
  });
  if (!response.ok || !response.body) throw new Error(`The clock at ${origin} answered ${response.status}.`);
  for await (const line of lines(response.body)) {
    const said: Tick = tick.parse(JSON.parse(line));
    setClock(said.now, said.speed);
    first();
    await fetch(`${origin}/clock/ack`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, epoch: said.epoch }),
      signal,
    });
  }
}

/**
 * Follows the clock at `origin` (CLOCK_ORIGIN) until the returned function is called; resolves when its first time has
 * arrived. When the stream ends the process keeps its last time and asks again every second.
 * Throws when the clock cannot be reached at the start.
 */
export async function followClock(origin: string, name: string): Promise<() => void> {
  const stop = new AbortController();
  const id = randomUUID();
  await new Promise<void>((resolve, reject) => {
    let started = false;
    const first = () => {
      started = true;
      resolve();
    };
    const loop = async () => {
      while (!stop.signal.aborted) {
        try {
          await follow(origin, id, name, stop.signal, first);
        } catch (error) {
          if (!started) {
            reject(error instanceof Error ? error : new Error(String(error)));
            return;
          }
        }
        await new Promise((again) => setTimeout(again, 1000).unref());
      }
    };
    void loop();
  });
  return () => {
    stop.abort();
  };
}
