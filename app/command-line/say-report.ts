import type { TakenReport } from '../sync/take-order-report.ts';
import type { TakenFile } from '../sync/take-report.ts';
import { cancellationColumn } from '../reports/columns.ts';
import { aboutFile } from './said.ts';

const number = (n: number) => n.toLocaleString('en');

function aboutColumn({ cancellationColumn: there, misspelt, odd }: TakenReport): string[] {
  if (!there)
    return [
      'Your order report has no column “Buyer requested cancellation”. Requests are then seen only through the connection. Switch it on: Orders › Order reports › Add or remove order report columns.',
    ];
  return [
    ...(misspelt === null ? [] : [`Read the column “${misspelt}” as “${cancellationColumn}”.`]),
    ...(odd === 0 ? [] : [`${number(odd)} rows have neither yes nor no in it; nothing follows from them.`]),
  ];
}

function aboutLines({ broken, says }: Pick<TakenFile, 'broken' | 'says'>): string[] {
  if (broken === 0) return [];
  const more = broken - says.length;
  return [
    `${number(broken)} lines could not be read. Correct them and take the file again: nothing is doubled.`,
    ...says.map(aboutFile),
    ...(more > 0 ? [`And ${number(more)} more.`] : []),
  ];
}

function sayOrders(taken: TakenReport): string[] {
  if (taken.refused !== null) return [aboutFile(taken.refused)];
  const { rows, asked, newClaims, knownClaims, knocked, left } = taken;
  const claims =
    asked === 0 ? '' : ` (${number(newClaims)} requests new, ${number(knownClaims)} known already)`;
  return [
    `${number(rows)} rows read, ${number(asked)} asked to cancel${claims}. ${number(knocked)} orders are looked at.`,
    ...(left === 0
      ? []
      : [
          `${number(left)} orders that are not known here were left alone: older than the import, or of another account.`,
        ]),
    ...aboutColumn(taken),
    ...aboutLines(taken),
    ...(taken.cut === null ? [] : [aboutFile(taken.cut)]),
  ];
}

const kinds = { settlement: 'settlement report', returns: 'returns report' } as const;

/** What came of a report of any kind, in lines for a person. */
export function sayTaken(taken: TakenFile): string[] {
  const { kind, orders, rows, changed, settlements, cut } = taken;
  if (taken.refused !== null) return [aboutFile(taken.refused)];
  if (orders)
    return [...(kind === 'all_orders' ? ['This is an all-orders report.'] : []), ...sayOrders(orders)];
  const which = settlements.length === 0 ? '' : ` ${settlements.join(', ')}`;
  const name = kind === 'settlement' || kind === 'returns' ? kinds[kind] : 'report';
  return [
    `This is a ${name}${which}. ${number(rows)} rows read, ${number(changed ?? 0)} new or changed.`,
    ...aboutLines(taken),
    ...(cut === null ? [] : [aboutFile(cut)]),
  ];
}
