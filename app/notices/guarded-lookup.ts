import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isForbidden } from './forbidden-address.ts';

/** Looks a name up and refuses it where one of its addresses is forbidden: it is just these that are connected to. */
export function guardedLookup(allowLoopback: boolean): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, []);
        return;
      }
      const [first] = addresses;
      if (!first || addresses.some(({ address }) => isForbidden(address, allowLoopback)))
        callback(Object.assign(new Error('Not an address for webhooks'), { code: 'EFORBIDDEN' }), []);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
