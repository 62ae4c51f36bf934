import { BlockStack, Link, List, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Sorted } from './bulk.ts';
import { orderPageUrl } from './order-url.ts';
import { sayRefusal } from './say-refusal.ts';
import { useStyle } from './style.ts';

/** Orders that a decision on many leaves out, each with its reason. Nothing where none is. */
export function LeftOut({ left, now }: { readonly left: Sorted['left']; readonly now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  if (left.length === 0) return null;
  return (
    <BlockStack gap="100">
      <Text as="p" fontWeight="semibold">
        {t('bulk.left', { n: left.length })}
      </Text>
      <List>
        {left.map(({ id, refused }, place) => (
          <List.Item key={`${id} ${place}`}>
            <Link url={orderPageUrl(id)}>{id}</Link>{' '}
            {refused ? sayRefusal(refused, t, style) : t('bulk.noAnswer')}
          </List.Item>
        ))}
      </List>
    </BlockStack>
  );
}
