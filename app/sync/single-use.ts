import { createHash, randomBytes } from 'node:crypto';

/** A word that nobody can guess, fit for an address. */
export const newWord = (): string => randomBytes(32).toString('base64url');

/** What is kept of such a word: it proves the word, and does not tell it. A plain hash will do, for the word is random. */
export const hashOfWord = (word: string): string => createHash('sha256').update(word).digest('base64url');
