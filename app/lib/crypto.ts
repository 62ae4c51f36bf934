import {
  decryptStringSync,
  encryptStringSync,
  findKeyForMessage,
  getMessageKeyFingerprint,
  makeKeychainSync,
  parseKeySync,
} from '@47ng/cloak';
import { createHmac } from 'node:crypto';

/** Encrypts texts at rest. Every text carries the id of the key it was made with, so that keys can be rotated. */
export interface Vault {
  /** Encrypts with the first key. */
  seal(plain: string): string;
  /** Decrypts with whichever key made it. Throws where that key is not among the given ones. */
  open(sealed: string): string;
  /** True where it was made with another key than the first one and should be sealed again. */
  stale(sealed: string): boolean;
  /** A keyed hash of a text, the same for the same text as long as the last key stays: where a change of it does no harm. */
  fingerprint(text: string): string;
  /**
   * Keyed hashes of a text, one for each key, as `id:hash` with the newest first: `comparePrints` tells of two prints with a key
   * in common whether the text is the same.
   */
  print(text: string): string;
  /** The id of the first key, as it stands in prints. */
  readonly newestId: string;
}

/**
 * Opens the vault with the keys of ENCRYPTION_KEYS, newest first, separated by commas (AES-256-GCM, format of cloak).
 * The fingerprint uses the last, oldest key, so that putting a new key in front does not change it.
 */
export function openVault(keys: string): Vault {
  const all = keys.split(',');
  const newest = all[0];
  const oldest = all.at(-1);
  if (!newest || !oldest) throw new Error('No encryption key was given.');
  const keychain = makeKeychainSync(all);
  const newestId = parseKeySync(newest).fingerprint;
  const named = all.map((key) => ({ key, id: parseKeySync(key).fingerprint }));
  const hash = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64url');
  return {
    seal: (plain) => encryptStringSync(plain, newest),
    open: (sealed) => decryptStringSync(sealed, findKeyForMessage(sealed, keychain)),
    stale: (sealed) => getMessageKeyFingerprint(sealed) !== newestId,
    fingerprint: (text) => hash(oldest, text),
    print: (text) => named.map(({ key, id }) => `${id}:${hash(key, text)}`).join(' '),
    newestId,
  };
}
