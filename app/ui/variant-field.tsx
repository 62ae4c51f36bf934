import { useFetcher } from '@remix-run/react';
import { BlockStack, ChoiceList, Text, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { loader } from '../routes/app.variants.ts';
import { Looking } from './looking.tsx';

const patienceMs = 300;

type Variant = Extract<Awaited<ReturnType<typeof loader>>, { ok: true }>['variants'][number];

/**
 * Looks for a variant of the shop by SKU, product or barcode, and lets a person choose one, which stays in sight while others
 * are looked for. `chosen`: its global id, or nothing.
 */
export function VariantField({
  sku,
  chosen,
  onChoose,
}: {
  readonly sku: string;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(sku);
  const [picked, setPicked] = useState<Variant | null>(null);
  const { data, load, state } = useFetcher<typeof loader>();
  useEffect(() => {
    const timer = setTimeout(() => {
      load(`/app/variants?q=${encodeURIComponent(wanted)}`);
    }, patienceMs);
    return () => {
      clearTimeout(timer);
    };
  }, [wanted, load]);
  const found: readonly Variant[] = data?.ok === true ? data.variants : [];
  const kept = picked?.id === chosen && !found.some(({ id }) => id === chosen) ? [picked] : [];
  const listed = [...kept, ...found];
  return (
    <BlockStack gap="200">
      <TextField
        label={t('settle.variantSearch')}
        value={wanted}
        autoComplete="off"
        onChange={setWanted}
        {...(data?.ok === false ? { error: t('guard.shopify_unreadable') } : {})}
      />
      {!data && <Looking />}
      {data?.ok === true && found.length === 0 && state === 'idle' && (
        <Text as="p">{t('settle.variantNone')}</Text>
      )}
      {listed.length > 0 && (
        <ChoiceList
          title={t('settle.variant')}
          choices={listed.map(({ id, title, sku: own }) => ({
            value: id,
            label: title,
            helpText: own === null ? t('settle.variantNoSku') : t('settle.variantSku', { sku: own }),
          }))}
          selected={[chosen]}
          onChange={([id = '']) => {
            setPicked(listed.find((one) => one.id === id) ?? null);
            onChoose(id);
          }}
        />
      )}
    </BlockStack>
  );
}
