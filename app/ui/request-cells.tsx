import { Badge, BlockStack, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { formatList, formatRelative } from './format.ts';
import type { RequestView } from './request-view.ts';
import { StateBadge } from './state-badge.tsx';
import { useStyle } from './style.ts';

interface Props {
  readonly request: RequestView;
  readonly now: number;
}

/** How many lines the buyer asked for, and when. */
export function AskedFor({ request: { asked }, now }: Props) {
  const { t } = useTranslation();
  const style = useStyle(now);
  if (!asked) return <Text as="span">{t('notKnown')}</Text>;
  const { n, m } = asked;
  return (
    <div>
      {t('requests.askedFor', { n, m, all: n >= m ? 'yes' : 'no' })}
      <Text as="p" variant="bodySm" tone="subdued">
        {t('requests.askedAt', { when: formatRelative(asked.requestedAt, style) })}
      </Text>
    </div>
  );
}

/** The order's state, or how the request ended; who saw it, and what is held. */
export function RequestState({ request: { asked, order }, now, isNew }: Props & { readonly isNew: boolean }) {
  const { t, i18n } = useTranslation();
  const over = asked !== null && asked.closedAt !== null;
  return (
    <BlockStack gap="050" inlineAlign="start">
      <InlineStack gap="100">
        {isNew && <Badge tone="new">{t('requests.new')}</Badge>}
        {over ? (
          <Badge>{t(`requests.state.${asked.state}`)}</Badge>
        ) : (
          <StateBadge state={order.state} tone={order.tone} params={order.params} now={now} />
        )}
      </InlineStack>
      {asked && (
        <Text as="span" variant="bodySm" tone="subdued" breakWord>
          {t('requests.seenBy', {
            sources: formatList(
              asked.sources.map((each) => t(`requests.source.${each}`)),
              i18n.language,
            ),
          })}
          {!over && ` · ${t(`requests.held.${asked.held}`)}`}
        </Text>
      )}
    </BlockStack>
  );
}
