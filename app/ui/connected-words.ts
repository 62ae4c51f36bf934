import type { TFunction } from 'i18next';
import type { Connected } from '../domain/connect-refusal.ts';

/** `Connected: Demo store, 3 marketplaces`; the account's id stands for a name that Amazon did not tell. */
export const connectedWords = (t: TFunction, { sellerId, name, marketplaces }: Connected): string =>
  t('connect.done', {
    name: name ?? sellerId,
    n: marketplaces ?? 0,
    n_given: marketplaces === null ? 'no' : 'yes',
  });
