import { BlockList, isIP, isIPv4 } from 'node:net';

const forbidden = new BlockList();
// IANA's special-purpose registry: this network, private, shared, loopback, link-local (where clouds tell their secrets),
// protocol assignments, documentation, benchmarks, multicast, reserved. Beside it the address of Azure's own services.
for (const net of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])
  addTo(forbidden, net, 'ipv4');
// Of global unicast, what leads elsewhere: protocol assignments with Teredo, documentation, 6to4.
for (const net of ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'])
  addTo(forbidden, net, 'ipv6');

/** Only these are global unicast: loopback, private, link-local, embedded IPv4 and the like lie outside of it. */
const globalUnicast = new BlockList();
addTo(globalUnicast, '2000::/3', 'ipv6');

const loopback = new BlockList();
addTo(loopback, '127.0.0.0/8', 'ipv4');
loopback.addAddress('::1', 'ipv6');

function addTo(list: BlockList, net: string, family: 'ipv4' | 'ipv6'): void {
  const [address = '', bits] = net.split('/');
  list.addSubnet(address, Number(bits), family);
}

/** Whether nothing of ours may connect to an IP address; `allowLoopback`: in a sandbox, to this machine itself. */
export function isForbidden(ip: string, allowLoopback: boolean): boolean {
  if (isIP(ip) === 0) return true;
  const family = isIPv4(ip) ? 'ipv4' : 'ipv6';
  if (allowLoopback && loopback.check(ip, family)) return false;
  return forbidden.check(ip, family) || (family === 'ipv6' && !globalUnicast.check(ip, family));
}

/**
 * Whether an address may be that of a webhook: https, without a password in it, and no IP address that is forbidden. Names are
 * looked up when it is connected to. A URL's own parser has made `https://2130706433` and the like plain before.
 */
export function isWebhookAddress(text: string, allowLoopback: boolean): boolean {
  const url = URL.parse(text);
  if (!url || url.username !== '' || url.password !== '') return false;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isLoopback = isIP(host) !== 0 && loopback.check(host, isIPv4(host) ? 'ipv4' : 'ipv6');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowLoopback && isLoopback)) return false;
  return isIP(host) === 0 ? !/(?:^|\.)localhost\.?$/i.test(host) : !isForbidden(host, allowLoopback);
}
