import { Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvidenceLine } from '../domain/evidence.ts';
import type { Money } from '../domain/money.ts';
import { formatExactly, formatMoney } from './format.ts';
import { useStyle } from './style.ts';
import { flatParams, sayable } from './wording.ts';

/** A part of the evidence page with its heading. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <Text as="h2" variant="headingMd">
        {title}
      </Text>
      {children}
    </section>
  );
}

/** Names and what is known under each, one below the other. */
export function FactTable({
  facts,
}: {
  readonly facts: readonly (readonly [name: string, value: string])[];
}) {
  return (
    <table>
      <tbody>
        {facts.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function HeadRow({ names }: { readonly names: readonly string[] }) {
  return (
    <thead>
      <tr>
        {names.map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** A line of an order as the evidence page shows it. */
export interface LineView {
  readonly orderItemId: string;
  readonly sku: string | null;
  readonly title: string | null;
  readonly quantityOrdered: number;
  readonly unitPrice: Money | null;
}

/** What was ordered. */
export function LineTable({ lines }: { readonly lines: readonly LineView[] }) {
  const { t, i18n } = useTranslation();
  const names = (['sku', 'title', 'units', 'price'] as const).map((name) => t(`evidence.line.${name}`));
  return (
    <table>
      <HeadRow names={names} />
      <tbody>
        {lines.map(({ orderItemId, sku, title, quantityOrdered, unitPrice }) => (
          <tr key={orderItemId}>
            <td>{sku ?? t('order.noSku')}</td>
            <td>{title ?? orderItemId}</td>
            <td>{t('order.units', { n: quantityOrdered })}</td>
            <td>{unitPrice ? formatMoney(unitPrice, i18n.language) : t('notKnown')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sentence({ line, now }: { readonly line: EvidenceLine; readonly now: number }) {
  const { t, i18n } = useTranslation();
  const style = useStyle(now);
  const { key, params, action, words, reference, seen } = line;
  const said = sayable(flatParams(params), t, style);
  const named = `solve.${String(params['what'])}.name`;
  const what = key === 'choice_answer' ? t(i18n.exists(named) ? named : 'solve.any.leave.name', said) : null;
  const guard = `guard.${words ?? ''}`;
  return (
    <>
      {key === null
        ? t('evidence.other', { action })
        : t(`timeline.${key}`, what === null ? said : { ...said, what })}
      {key !== null && seen && ` ${t('evidence.seen')}`}
      {words !== null && (
        <p dir="auto">{t('order.words', { words: i18n.exists(guard) ? t(guard, said) : words })}</p>
      )}
      {reference !== null && <p>{t('evidence.reference', { reference })}</p>}
    </>
  );
}

/** The audit log: when, what with the other side's answer, and who. */
export function LogTable({ log, now }: { readonly log: readonly EvidenceLine[]; readonly now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const names = (['when', 'what', 'who'] as const).map((name) => t(`evidence.log.${name}`));
  return (
    <table>
      <HeadRow names={names} />
      <tbody>
        {log.map((line, place) => (
          <tr key={`${line.at} ${line.action} ${place}`}>
            <td>{formatExactly(line.at, style)}</td>
            <td>
              <Sentence line={line} now={now} />
            </td>
            <td>
              {t('order.by', { who: line.by })}
              {line.staff !== null && ` (${line.staff})`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
