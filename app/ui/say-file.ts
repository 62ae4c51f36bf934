import type { TFunction } from 'i18next';
import type { FileSaying } from '../domain/file-saying.ts';

/** The sentence about a report file; a text that was kept as one stands as it is. */
export function sayFile(says: FileSaying | string, t: TFunction): string {
  return typeof says === 'string' ? says : t(`reports.said.${says.key}`, says.params);
}
