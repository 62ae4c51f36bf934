import type { World } from '../world.ts';
import { html, type Html } from './html.ts';
import { moment } from './moment.ts';

/** The counters at the foot, from both services' logs. */
export function strip({ log, clock }: World): Html {
  const amazon = log.entries('amazon').length;
  const created = log
    .entries('shopify')
    .filter(
      ({ operation, status }) => operation?.split('+').includes('orderCreate') && status === 200,
    ).length;
  return html`<b>${moment(clock.now())} UTC</b> · Amazon: ${amazon} requests · Shopify orders created:
    ${created}`;
}
