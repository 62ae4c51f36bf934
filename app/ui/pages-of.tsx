import { useNavigate, useSearchParams } from '@remix-run/react';
import { Pagination } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { OrderPlace } from '../db/order-stretches.ts';
import { back, forward } from './trail.ts';

/** The way through the pages of a list; nothing where there is one page alone. */
export function PagesOf({ next }: { readonly next: OrderPlace | null }) {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  if (!query.has('after') && next === null) return null;
  return (
    <Pagination
      hasPrevious={query.has('after')}
      previousTooltip={t('orders.before')}
      onPrevious={() => {
        navigate(back(query));
      }}
      hasNext={next !== null}
      nextTooltip={t('orders.next')}
      onNext={() => {
        if (next) navigate(forward(query, next));
      }}
    />
  );
}
