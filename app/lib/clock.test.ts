import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it, vi } from 'vitest';
import { clockSpeed, followClock, now, onClockChange, setClock } from './clock.ts';

const start = Date.UTC(2026, 10, 21, 9);
const endings: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
  setClock(Date.now());
});

/** A clock's owner: a stream to each follower, and what they acknowledged. */
async function openOwner(status = 200) {
  const streams: ServerResponse[] = [];
  const names: string[] = [];
  const acks: { id: string; epoch: number }[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://clock');
    if (url.pathname === '/clock/stream') {
      response.writeHead(status, { 'content-type': 'application/x-ndjson' });
      response.flushHeaders();
      if (status !== 200) response.end();
      streams.push(response);
      names.push(`${url.searchParams.get('name')} ${url.searchParams.get('id')}`);
      return;
    }
    void text(request).then((body) => {
      acks.push(JSON.parse(body) as (typeof acks)[number]);
      response.end('{}');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((closed) =>
      server.close(() => {
        closed();
      }),
    );
  };
  endings.push(close);
  return { origin: `http://127.0.0.1:${address.port}`, streams, names, acks, close };
}

const until = (check: () => void) => vi.waitFor(check, 10_000);
const line = (at: number, epoch: number, speed = 1) => `${JSON.stringify({ now: at, speed, epoch })}\n`;

async function follow(owner: Awaited<ReturnType<typeof openOwner>>) {
  const following = followClock(owner.origin, 'a worker & more');
  endings.push(async () => {
    (await following.catch(() => undefined))?.();
  });
  await until(() => {
    expect(owner.streams).toHaveLength(1);
  });
  return following;
}

it('runs as fast as it is told, from the time it is told', () => {
  setClock(start, 0);
  expect([now(), clockSpeed()]).toEqual([start, 0]);
  setClock(start, 1_000_000);
  const before = performance.now();
  while (performance.now() - before < 2);
  expect(now()).toBeGreaterThanOrEqual(start + 2_000_000);
  expect(Number.isInteger(now())).toBe(true);
});

it('tells those that want to know when it is moved, until they do not', () => {
  let moves = 0;
  const unsubscribe = onClockChange(() => {
    moves += 1;
  });
  setClock(start);
  setClock(start + 1);
  unsubscribe();
  setClock(start + 2);
  expect(moves).toBe(2);
});

it('follows its owner: nothing before the first time has come, then every change, each acknowledged', async () => {
  const owner = await openOwner();
  let ready = false;
  const following = followClock(owner.origin, 'a worker & more').then((stop) => {
    ready = true;
    return stop;
  });
  await until(() => {
    expect(owner.streams).toHaveLength(1);
  });
  expect(ready).toBe(false);
  owner.streams[0]?.write(line(start, 1, 0.000001));
  const stop = await following;
  endings.push(stop);
  expect(now()).toBe(start);
  await until(() => {
    expect(owner.acks).toHaveLength(1);
  });
  // A line may come in pieces, and a piece may hold the end of one and the beginning of the next.
  const two = line(start + 60_000, 2, 0.000001) + line(start + 120_000, 3, 0.000001);
  for (const piece of two.match(/[^]{1,3}/g) ?? []) {
    await new Promise<unknown>((written) => owner.streams[0]?.write(piece, written));
  }
  await until(() => {
    expect(owner.acks.map((ack) => ack.epoch)).toEqual([1, 2, 3]);
  });
  expect(now()).toBe(start + 120_000);
  expect(owner.names).toEqual([`a worker & more ${owner.acks[0]?.id}`]);
});

it('keeps its time when the stream ends, and asks again', async () => {
  const owner = await openOwner();
  const following = follow(owner);
  await until(() => {
    expect(owner.streams).toHaveLength(1);
  });
  owner.streams[0]?.write(line(start, 1, 0.000001));
  await following;
  owner.streams[0]?.end();
  await until(() => {
    expect(owner.streams).toHaveLength(2);
  });
  expect(now()).toBe(start);
  owner.streams[1]?.write(line(start + 5_000, 2, 0.000001));
  await until(() => {
    expect(now()).toBe(start + 5_000);
  });
  expect(new Set(owner.names).size).toBe(1);
});

it('no longer follows when it was stopped', async () => {
  const owner = await openOwner();
  const following = follow(owner);
  await until(() => {
    expect(owner.streams).toHaveLength(1);
  });
  owner.streams[0]?.write(line(start, 1, 0.000001));
  (await following)();
  await until(() => {
    expect(owner.streams[0]?.closed).toBe(true);
  });
  expect(now()).toBe(start);
});

it('a clock that cannot be reached at the start is an error', async () => {
  const owner = await openOwner(503);
  await expect(followClock(owner.origin, 'worker')).rejects.toThrow(`${owner.origin} answered 503`);
  await owner.close();
  await expect(followClock(owner.origin, 'worker')).rejects.toThrow();
});
