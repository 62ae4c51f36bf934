import { useFetcher, useSearchParams } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Box, Button, Form, InlineStack, Popover, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedView } from '../db/saved-views.ts';
import type { action } from '../routes/app.orders._index.tsx';
import { listQuery } from './trail.ts';
import { viewAt } from './view-tabs.tsx';

const json = { method: 'post', encType: 'application/json' } as const;

function SaveView({ query, onSave }: { readonly query: string; readonly onSave: (view: SavedView) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const given = name.trim();
  const save = () => {
    if (given === '') return;
    onSave({ name: given, query });
    setOpen(false);
    setName('');
  };
  return (
    <Popover
      active={open}
      onClose={() => {
        setOpen(false);
      }}
      activator={
        <Button
          variant="plain"
          onClick={() => {
            setOpen(!open);
          }}
        >
          {t('orders.views.save')}
        </Button>
      }
    >
      <Box padding="300">
        <Form onSubmit={save}>
          <BlockStack gap="200">
            <TextField
              label={t('orders.views.name')}
              value={name}
              onChange={setName}
              maxLength={40}
              autoComplete="off"
              autoFocus
              helpText={t('orders.views.shared')}
            />
            <Button submit variant="primary" disabled={given === ''}>
              {t('orders.views.keep')}
            </Button>
          </BlockStack>
        </Form>
      </Box>
    </Popover>
  );
}

/** Saves what the list shows as a view, or deletes the view it shows, which the toast takes back. Nothing where there is nothing to save. */
export function ViewKeeping({ views }: { readonly views: readonly SavedView[] }) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const [query] = useSearchParams();
  const keeping = useFetcher<typeof action>();
  const saved = keeping.data && 'saved' in keeping.data ? keeping.data.saved : null;
  useEffect(() => {
    if (saved === null) return;
    shopify.toast.show(t(saved ? 'orders.views.saved' : 'orders.views.full'), { isError: !saved });
  }, [keeping.data, saved, shopify, t]);
  const save = (view: SavedView) => {
    keeping.submit({ intent: 'save_view', ...view }, json);
  };
  const own = viewAt(views, query);
  const shown = listQuery(query);
  if (own)
    return (
      <InlineStack>
        <Button
          variant="plain"
          tone="critical"
          onClick={() => {
            keeping.submit({ intent: 'delete_view', name: own.name }, json);
            shopify.toast.show(t('orders.views.deleted'), {
              action: t('action.undo'),
              onAction: () => {
                save(own);
              },
            });
          }}
        >
          {t('orders.views.delete', { name: own.name })}
        </Button>
      </InlineStack>
    );
  if (shown === '' || /^view=\w+$/.test(shown)) return null;
  return (
    <InlineStack>
      <SaveView query={shown} onSave={save} />
    </InlineStack>
  );
}
