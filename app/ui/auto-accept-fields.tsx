import { useFetcher } from '@remix-run/react';
import {
  Banner,
  BlockStack,
  Button,
  Checkbox,
  FormLayout,
  InlineStack,
  List,
  TextField,
} from '@shopify/polaris';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { action } from '../routes/app.settings.preview.ts';
import { formatMoney } from './format.ts';
import { rulesOf, type AutoAcceptDraft } from './settings-draft.ts';

interface Props {
  readonly draft: AutoAcceptDraft;
  /** The server did not take these rules. */
  readonly wrong: boolean;
  readonly onChange: (draft: AutoAcceptDraft) => void;
  /** What they would have done is shown: rules as JSON. */
  readonly onShown: (rules: string) => void;
}

/** Orders of less than an amount, a row for each currency. */
function Amounts({ draft, onChange }: Pick<Props, 'draft' | 'onChange'>) {
  const { t } = useTranslation();
  const rows = draft.underAmount;
  const set = (underAmount: AutoAcceptDraft['underAmount']) => {
    onChange({ ...draft, underAmount });
  };
  return (
    <BlockStack gap="300">
      {rows.map((row, at) => (
        <FormLayout.Group key={at} condensed>
          <TextField
            label={t('settings.auto.currency')}
            value={row.currency}
            maxLength={3}
            autoComplete="off"
            onChange={(currency) => {
              set(rows.map((each, n) => (n === at ? { ...each, currency } : each)));
            }}
          />
          <TextField
            label={t('settings.auto.under')}
            value={row.amount}
            inputMode="decimal"
            autoComplete="off"
            connectedRight={
              <Button
                accessibilityLabel={t('settings.auto.removeFor', { currency: row.currency })}
                onClick={() => {
                  set(rows.filter((_, n) => n !== at));
                }}
              >
                {t('settings.carrierRemove')}
              </Button>
            }
            onChange={(amount) => {
              set(rows.map((each, n) => (n === at ? { ...each, amount } : each)));
            }}
          />
        </FormLayout.Group>
      ))}
      <InlineStack>
        <Button
          onClick={() => {
            set([...rows, { currency: '', amount: '' }]);
          }}
        >
          {t('settings.auto.add')}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

/** What the rules would have done in the past 90 days: looked at before they can be saved. */
function Preview({ draft, onShown }: Pick<Props, 'draft' | 'onShown'>) {
  const { t, i18n } = useTranslation();
  const { data, state, submit } = useFetcher<typeof action>();
  const asked = useRef('');
  const rules = JSON.stringify(rulesOf(draft));
  const preview = data?.ok === true ? data.preview : null;
  useEffect(() => {
    if (state === 'idle' && preview) onShown(asked.current);
  }, [onShown, preview, state]);
  const sums = preview?.sums.map((sum) => formatMoney(sum, i18n.language)).join(' + ') ?? '';
  return (
    <BlockStack gap="300">
      <InlineStack>
        <Button
          loading={state !== 'idle'}
          onClick={() => {
            asked.current = rules;
            submit(rules, { method: 'post', action: '/app/settings/preview', encType: 'application/json' });
          }}
        >
          {t('settings.auto.show')}
        </Button>
      </InlineStack>
      {data?.ok === false && <Banner tone="critical">{t('settings.wrong.autoAccept')}</Banner>}
      {preview && state === 'idle' && (
        <Banner
          tone={preview.shipped > 0 ? 'warning' : 'info'}
          title={t('settings.auto.would', { ...preview, sums, sums_given: sums === '' ? 'no' : 'yes' })}
        >
          <List>
            <List.Item>{t('settings.auto.shipped', { n: preview.shipped })}</List.Item>
            <List.Item>{t('settings.auto.withdrawn', { n: preview.withdrawn })}</List.Item>
            {Object.entries(preview.left).map(([condition, n]) => (
              <List.Item key={condition}>{t(`settings.auto.left.${condition}`, { n })}</List.Item>
            ))}
          </List>
        </Banner>
      )}
    </BlockStack>
  );
}

/** Which requests are approved by themselves (CAN-16); off by default. */
export function AutoAcceptFields({ draft, wrong, onChange, onShown }: Props) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="400">
      <Checkbox
        label={t('settings.name.autoAccept')}
        helpText={t('settings.help.autoAccept')}
        checked={draft.on}
        onChange={(on) => {
          onChange({ ...draft, on });
        }}
      />
      <Amounts draft={draft} onChange={onChange} />
      <TextField
        label={t('settings.auto.within')}
        helpText={t('settings.auto.withinHelp')}
        value={draft.withinHours}
        suffix={t('settings.hours')}
        inputMode="decimal"
        autoComplete="off"
        onChange={(withinHours) => {
          onChange({ ...draft, withinHours });
        }}
      />
      <TextField
        label={t('settings.auto.notSkus')}
        helpText={t('settings.auto.notSkusHelp')}
        value={draft.notSkus}
        multiline={3}
        autoComplete="off"
        onChange={(notSkus) => {
          onChange({ ...draft, notSkus });
        }}
      />
      {wrong && <Banner tone="critical">{t('settings.wrong.autoAccept')}</Banner>}
      <Preview draft={draft} onShown={onShown} />
    </BlockStack>
  );
}
