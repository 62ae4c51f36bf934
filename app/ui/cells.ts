import type { TFunction } from 'i18next';
import { csvLine } from '../lib/csv.ts';
import { formatPercent } from './format.ts';

/** A table whose cells are all text: the same on the page, on paper, and in a file. */
export interface Cells {
  readonly name: string;
  readonly columns: readonly {
    readonly id: string;
    readonly title: string;
    readonly numeric?: boolean;
  }[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly string[] }[];
}

/** How figures are written: for people, or for programmes that read a file. */
export interface Figures {
  readonly count: (n: number) => string;
  readonly percent: (value: number) => string;
  readonly length: (ms: number) => string;
  /** The title of a column of lengths. */
  readonly lengths: (title: string) => string;
  /** A day of the calendar, `2026-11-22`. */
  readonly day: (day: string) => string;
}

const minuteMs = 60_000;

/** `1 hr 12 min`: hours and minutes, or days and hours of what is longer than two days. */
function spoken(ms: number, language: string): string {
  const unit = (n: number, name: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(n);
  const minutes = Math.round(ms / minuteMs);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${unit(Math.floor(hours / 24), 'day')} ${unit(hours % 24, 'hour')}`;
  return hours === 0 ? unit(minutes, 'minute') : `${unit(hours, 'hour')} ${unit(minutes % 60, 'minute')}`;
}

/** Figures as a reader of the language writes them. */
export function spokenFigures(t: TFunction, language: string): Figures {
  return {
    count: (n) => new Intl.NumberFormat(language).format(n),
    percent: (value) => t('rate.number', { rate: formatPercent(value, language) }),
    length: (ms) => spoken(ms, language),
    lengths: (title) => title,
    day: (day) =>
      new Intl.DateTimeFormat(language, { timeZone: 'UTC', month: 'short', day: 'numeric' }).format(
        Date.parse(`${day}T00:00:00Z`),
      ),
  };
}

/** Figures as a file has them: decimals with a point, lengths in hours, days as `2026-11-22`. */
export function plainFigures(t: TFunction): Figures {
  return {
    count: String,
    percent: (value) => value.toFixed(2),
    length: (ms) => (ms / 60 / minuteMs).toFixed(2),
    lengths: (name) => t('reports.hours', { name }),
    day: (day) => day,
  };
}

/** The names of a table's columns. */
export const titlesOf = ({ columns }: Cells): string[] => columns.map(({ title }) => title);

/** A table's rows as lines of a file. */
export function csvRows({ rows }: Cells): string {
  return rows.map(({ cells }) => csvLine(cells)).join('');
}
