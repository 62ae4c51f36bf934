import { expect, it } from 'vitest';
import { shopDomain } from '../domain/ids.ts';
import { adminUrl } from './admin-url.ts';

const own = { apiKey: 'key', standIn: null };

it('SEC-3: whoever comes back from Amazon is led into the admin of the shop that it began in, or to choose one', () => {
  expect(adminUrl(own, shopDomain('mugs.myshopify.com'), '/app/connect?ticket=a')).toBe(
    'https://admin.shopify.com/store/mugs/apps/key/app/connect?ticket=a',
  );
  expect(adminUrl(own, null, '/app/connect?start=a')).toBe(
    'https://admin.shopify.com/?redirect=%2Fapps%2Fkey%2Fapp%2Fconnect%3Fstart%3Da',
  );
  expect(adminUrl({ ...own, standIn: 'http://127.0.0.1:1' }, shopDomain('mugs.myshopify.com'), '/app')).toBe(
    'http://127.0.0.1:1/store/mugs/apps/key/app',
  );
});
