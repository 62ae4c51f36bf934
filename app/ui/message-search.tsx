import { useFetcher } from '@remix-run/react';
import { Autocomplete, BlockStack, Card, Text, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { orderIdsIn } from '../domain/order-ids-in-text.ts';
import type { action } from '../routes/app.requests.find.ts';

const patienceMs = 300;

interface Props {
  /** The order that is chosen; empty: none yet. */
  readonly order: string;
  /** What is known of it in one line; empty: nothing. */
  readonly found: string;
  readonly onChoose: (order: string) => void;
}

/**
 * Finds the order that a buyer's message is about. What is pasted stays in the field: only the order numbers in it are sent,
 * and where it names one order that is chosen at once (SEC-5).
 */
export function MessageSearch({ order, found, onChoose }: Props) {
  const { t } = useTranslation();
  const [message, setMessage] = useState('');
  const [typed, setTyped] = useState(order);
  const { data, submit, state } = useFetcher<typeof action>();
  useEffect(() => {
    setTyped(order);
  }, [order]);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed.trim() !== '')
        submit(
          { text: typed },
          { method: 'post', encType: 'application/json', action: '/app/requests/find' },
        );
    }, patienceMs);
    return () => {
      clearTimeout(timer);
    };
  }, [typed, submit]);
  const paste = (text: string) => {
    setMessage(text);
    const ids = orderIdsIn(text);
    const [only, ...more] = ids;
    if (only !== undefined && more.length === 0) onChoose(only);
    else if (more.length > 0) setTyped(ids.join(' '));
  };
  const named = data?.ids ?? [];
  const known = data?.orders ?? [];
  const options = [
    ...known.map(({ id, name, status }) => ({
      value: id,
      label: t('byMessage.option', {
        id,
        name: name ?? '',
        name_given: name === null ? 'no' : 'yes',
        status: t(`amazonStatus.${status}`),
      }),
    })),
    ...named
      .filter((id) => !known.some((one) => one.id === id))
      .map((id) => ({ value: id, label: t('byMessage.optionUnknown', { id }) })),
  ];
  return (
    <Card>
      <BlockStack gap="400">
        <TextField
          label={t('byMessage.paste')}
          helpText={t('byMessage.pasteHelp')}
          value={message}
          multiline={4}
          autoComplete="off"
          autoFocus={order === ''}
          onChange={paste}
        />
        <Autocomplete
          options={options}
          selected={[order]}
          loading={state !== 'idle'}
          emptyState={<Text as="p">{t('byMessage.noOrder')}</Text>}
          onSelect={([id]) => {
            if (id !== undefined) onChoose(id);
          }}
          textField={
            <Autocomplete.TextField
              label={t('byMessage.order')}
              value={typed}
              helpText={found}
              placeholder="111-2222222-3333333"
              autoComplete="off"
              onChange={(text) => {
                setTyped(text);
                const [id] = orderIdsIn(text);
                if (id === text.trim()) onChoose(id);
              }}
            />
          }
        />
      </BlockStack>
    </Card>
  );
}
