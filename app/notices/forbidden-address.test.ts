import { describe, expect, it } from 'vitest';
import { isForbidden, isWebhookAddress } from './forbidden-address.ts';

describe('SEC-3: addresses that no webhook goes to', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2001:0:1::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    'not an address',
    '',
  ])('%s', (ip) => {
    expect(isForbidden(ip, false)).toBe(true);
  });

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '172.32.0.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00::1',
  ])('but %s is one like any other', (ip) => {
    expect(isForbidden(ip, false)).toBe(false);
  });

  it('in a sandbox this machine itself is none, and all others are', () => {
    expect(['127.0.0.1', '::1'].map((ip) => isForbidden(ip, true))).toEqual([false, false]);
    expect(['10.0.0.1', '169.254.169.254', 'fc00::1'].map((ip) => isForbidden(ip, true))).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('SEC-3: addresses that a person may type', () => {
  it.each(['https://hooks.example.com/a?b=c', 'https://hooks.example.com:8443/', 'https://1.1.1.1/'])(
    '%s is taken',
    (url) => {
      expect(isWebhookAddress(url, false)).toBe(true);
    },
  );

  it.each([
    'http://hooks.example.com/',
    'ftp://hooks.example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:word@hooks.example.com/',
    'https://localhost/',
    'https://a.localhost/',
    'https://LOCALHOST./',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://017700000001/',
    'https://127.1/',
    'https://0/',
    'https://１２７.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[fe80::1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://2852039166/',
    'hooks.example.com',
    '',
  ])('%s is not', (url) => {
    expect(isWebhookAddress(url, false)).toBe(false);
  });

  it('in a sandbox a receiver on this machine is, by its number, and without encryption', () => {
    expect(isWebhookAddress('http://127.0.0.1:4000/x', true)).toBe(true);
    expect(isWebhookAddress('http://[::1]:4000/x', true)).toBe(true);
    expect(isWebhookAddress('http://hooks.example.com/', true)).toBe(false);
    expect(isWebhookAddress('http://10.0.0.1/', true)).toBe(false);
  });
});
