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
  /** A keyed hash of a text, the same for the same text as long as the last key stays: for noticing changes. */
  fingerprint(text: string): string;
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
  return {
    seal: (plain) => encryptStringSync(plain, newest),
    open: (sealed) => decryptStringSync(sealed, findKeyForMessage(sealed, keychain)),
    stale: (sealed) => getMessageKeyFingerprint(sealed) !== newestId,
    fingerprint: (text) => createHmac('sha256', oldest).update(text).digest('base64url'),
  };
}
