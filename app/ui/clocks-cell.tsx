import { BlockStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { clocksOf, type Nearness } from './clocks.ts';
import { formatExactly, formatLength, formatMoment, formatRelative } from './format.ts';
import type { RequestView } from './request-view.ts';
import { useStyle } from './style.ts';

const tones = {
  over: 'critical',
  close: 'critical',
  soon: 'caution',
  far: undefined,
} as const satisfies Record<Nearness, string | undefined>;

/** Until when to answer and to ship, the earlier one first and bold; when it was closed where it is over. */
export function Clocks({ request, now }: { request: RequestView; now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const { asked, order } = request;
  if (asked !== null && asked.closedAt !== null) {
    return <Text as="span">{t('requests.closed', { when: formatRelative(asked.closedAt, style) })}</Text>;
  }
  const clocks = clocksOf(asked?.answerBy ?? null, order.shipBy, now);
  if (clocks.length === 0) return <Text as="span">{t('notKnown')}</Text>;
  return (
    <BlockStack gap="050">
      {clocks.map(({ kind, at, nearness }, place) => {
        const words = { length: formatLength(at - now, style.language), date: formatMoment(at, style) };
        const early = kind === 'answer' ? t('requests.answer.within', words) : t('requests.ship.by', words);
        const late = kind === 'answer' ? t('requests.answer.late', words) : t('requests.ship.late', words);
        const tone = tones[nearness];
        return (
          <Text
            as="p"
            key={kind}
            {...(tone ? { tone } : {})}
            fontWeight={place === 0 ? 'semibold' : 'regular'}
          >
            <time dateTime={new Date(at).toISOString()} title={formatExactly(at, style)}>
              {nearness === 'over' ? late : early}
            </time>
          </Text>
        );
      })}
    </BlockStack>
  );
}
