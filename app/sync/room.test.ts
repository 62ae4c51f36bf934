import { afterEach, beforeEach, expect, it } from 'vitest';
import { shopDomain } from '../domain/ids.ts';
import { setClock } from '../lib/clock.ts';
import { createThrottle } from '../shopify/throttle.ts';
import { roomFor, roomForPage } from './room.ts';
import type { Services } from './services.ts';

const shop = shopDomain('room.myshopify.com');
const start = Date.UTC(2026, 10, 22);
const at = (ms: number) => setClock(start + ms, 0);
beforeEach(() => at(0));
afterEach(() => setClock(Date.now(), 1));

function withPoints(points: number) {
  const throttle = createThrottle();
  throttle.take(2_000 - points);
  return { shopify: () => ({ throttle }) } as unknown as Services;
}

it('PRO-5 REQ-12: work in line does not take the points that a page of news waits for', () => {
  const services = withPoints(500);
  expect(roomFor(services, shop, 20).ok).toBe(true);
  const page = roomForPage(services, shop, 100, start);
  if (page.ok) throw new Error('There is no room for a page yet.');
  expect(roomFor(services, shop, 20).ok).toBe(false);
  setClock(page.at, 0);
  expect(roomFor(services, shop, 20).ok).toBe(false);
  expect(roomForPage(services, shop, 100, start)).toEqual({ ok: true });
  expect(roomFor(services, shop, 20).ok).toBe(true);
});

it('PRO-5: nothing is kept for a page that Amazon gives later, or that never comes', () => {
  const later = withPoints(500);
  expect(roomForPage(later, shop, 100, start + 60_000).ok).toBe(false);
  expect(roomFor(later, shop, 20).ok).toBe(true);
  const never = withPoints(500);
  expect(roomForPage(never, shop, 100, start).ok).toBe(false);
  at(30_000);
  expect(roomFor(never, shop, 20).ok).toBe(true);
});
