import { useNavigate, useSearchParams } from '@remix-run/react';
import { Tabs } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { SavedView } from '../db/saved-views.ts';
import { orderViews } from '../domain/order-view.ts';
import { listQuery } from './trail.ts';

/** The saved view that the list's address is just now; null where it is none. */
export function viewAt(views: readonly SavedView[], query: URLSearchParams): SavedView | null {
  return views.find((one) => one.query === listQuery(query)) ?? null;
}

/** The views of the orders list, every shop's own behind those that all have. Each is nothing but an address. */
export function ViewTabs({ views }: { readonly views: readonly SavedView[] }) {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const fixed = orderViews.map((id) => ({
    id,
    content: t(`orders.view.${id}`),
    query: id === 'all' ? '' : `view=${id}`,
  }));
  const tabs = [
    ...fixed,
    ...views.map(({ name, query: saved }) => ({ id: `own ${name}`, content: name, query: saved })),
  ];
  const own = viewAt(views, query);
  const at = tabs.findIndex(({ id }) => id === (own ? `own ${own.name}` : (query.get('view') ?? 'all')));
  return (
    <Tabs
      tabs={tabs.map(({ id, content }) => ({ id, content }))}
      selected={Math.max(0, at)}
      onSelect={(place) => {
        navigate(`?${tabs[place]?.query ?? ''}`);
      }}
    />
  );
}
