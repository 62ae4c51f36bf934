import {
  Badge,
  Banner,
  BlockStack,
  Button,
  Card,
  Checkbox,
  FormLayout,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { amazonCancelReasons } from '../domain/cancel-reason.ts';
import type { AccountView } from '../sync/account-views.ts';
import { AccountsSummary } from './accounts-summary.tsx';
import { AutoAcceptFields } from './auto-accept-fields.tsx';
import { CarrierFields } from './carrier-fields.tsx';
import { MailAddress } from './mail-address.tsx';
import { NoticeFields } from './notice-fields.tsx';
import { StoredData } from './stored-data.tsx';
import type { SettingsDraft } from './settings-draft.ts';
import type { SettingsSection } from './settings-sections.ts';

interface Props {
  readonly section: SettingsSection;
  readonly accounts: readonly AccountView[];
  readonly draft: SettingsDraft;
  readonly saved: SettingsDraft;
  /** Names of settings that the server did not take. */
  readonly wrong: readonly string[];
  /** SKUs that wait for a variant. */
  readonly unlinked: number;
  /** The signing secret of webhooks, where it was just made. */
  readonly secret: string | null;
  readonly onChange: (draft: SettingsDraft) => void;
  /** What rules for auto-accept would have done is shown: the rules as JSON. */
  readonly onRulesShown: (rules: string) => void;
  readonly now: number;
}

/** Shopify's reasons, each with what Amazon gets for it. That the buyer cancelled follows from a request alone (CAN-6). */
const ownReasons = ['ask', ...amazonCancelReasons.filter((reason) => reason !== 'BuyerCanceled')] as const;

type OwnReason = SettingsDraft['cancelReasons'][keyof SettingsDraft['cancelReasons']];

/** The settings of one section; nothing is kept before it is saved. */
export function SettingsForm(props: Props) {
  const { section, accounts, draft, saved, wrong, unlinked, secret, onChange, onRulesShown, now } = props;
  const { t } = useTranslation();
  const set = <Name extends keyof SettingsDraft>(name: Name, value: SettingsDraft[Name]) => {
    onChange({ ...draft, [name]: value });
  };
  const errorOf = (name: keyof SettingsDraft) =>
    wrong.includes(name) ? { error: t(`settings.wrong.${name}`) } : {};
  const words = (name: string) => ({
    label: t(`settings.name.${name}`),
    helpText: t(`settings.help.${name}`),
  });
  const number = (name: 'undoMinutes' | 'blindAfterMinutes' | 'untrackedAfterHours') => (
    <TextField
      {...words(name)}
      {...errorOf(name)}
      value={draft[name]}
      inputMode="numeric"
      autoComplete="off"
      suffix={t(name === 'untrackedAfterHours' ? 'settings.hours' : 'settings.minutes')}
      onChange={(value) => {
        set(name, value);
      }}
    />
  );
  const options = (name: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`settings.option.${name}.${value}`) }));
  const parts: Readonly<Record<SettingsSection, () => ReactNode>> = {
    accounts: () => <AccountsSummary accounts={accounts} now={now} />,
    import: () => (
      <FormLayout>
        <Select
          {...words('stock')}
          options={options('stock', ['decrement', 'leave'])}
          value={draft.stock}
          onChange={(value) => {
            set('stock', value as SettingsDraft['stock']);
          }}
        />
        <Select
          {...words('fba')}
          options={options('fba', ['off', 'show'])}
          value={draft.fba}
          onChange={(value) => {
            set('fba', value as SettingsDraft['fba']);
          }}
        />
        <TextField
          {...words('acceptedCurrencies')}
          {...errorOf('acceptedCurrencies')}
          value={draft.acceptedCurrencies}
          autoComplete="off"
          onChange={(value) => {
            set('acceptedCurrencies', value);
          }}
        />
      </FormLayout>
    ),
    products: () => (
      <FormLayout>
        <InlineStack gap="200" blockAlign="center">
          <Button url="/app/settings/products">{t('settings.products')}</Button>
          {unlinked > 0 && <Badge tone="attention">{t('settings.unlinked', { n: unlinked })}</Badge>}
        </InlineStack>
      </FormLayout>
    ),
    requests: () => (
      <FormLayout>
        {number('blindAfterMinutes')}
        <MailAddress />
      </FormLayout>
    ),
    cancelling: () => (
      <FormLayout>
        {number('undoMinutes')}
        <Checkbox
          {...words('restock')}
          checked={draft.restock}
          onChange={(checked) => {
            set('restock', checked);
          }}
        />
        {(Object.keys(draft.cancelReasons) as (keyof SettingsDraft['cancelReasons'])[]).map((name) => (
          <Select
            key={name}
            label={t('settings.reasonFor', { reason: t(`settings.shopifyReason.${name}`) })}
            options={ownReasons.map((value) => ({
              value,
              label: value === 'ask' ? t('settings.ask') : t(`amazonReason.${value}`),
            }))}
            value={draft.cancelReasons[name]}
            onChange={(value) => {
              set('cancelReasons', { ...draft.cancelReasons, [name]: value as OwnReason });
            }}
          />
        ))}
      </FormLayout>
    ),
    automation: () => (
      <FormLayout>
        <AutoAcceptFields
          draft={draft.autoAccept}
          wrong={wrong.includes('autoAccept')}
          onChange={(autoAccept) => {
            set('autoAccept', autoAccept);
          }}
          onShown={onRulesShown}
        />
      </FormLayout>
    ),
    refunds: () => (
      <FormLayout>
        <Select
          {...words('refundsOnAmazon')}
          options={options('refundsOnAmazon', ['sometimes', 'never'])}
          value={draft.refundsOnAmazon}
          onChange={(value) => {
            set('refundsOnAmazon', value as SettingsDraft['refundsOnAmazon']);
          }}
        />
      </FormLayout>
    ),
    shipping: () => (
      <FormLayout>
        {number('untrackedAfterHours')}
        <CarrierFields draft={draft} onChange={onChange} />
      </FormLayout>
    ),
    notices: () => (
      <FormLayout>
        <NoticeFields draft={draft} saved={saved} wrong={wrong} secret={secret} onChange={onChange} />
      </FormLayout>
    ),
    dryRun: () => (
      <FormLayout>
        <Checkbox
          {...words('dryRun')}
          checked={draft.dryRun}
          onChange={(checked) => {
            set('dryRun', checked);
          }}
        />
        <InlineStack gap="200" blockAlign="center">
          <Button url="/app/practice">{t('practice.open')}</Button>
          <Text as="span" tone="subdued">
            {t('practice.banner')}
          </Text>
        </InlineStack>
        {saved.dryRun && !draft.dryRun && <Banner tone="warning">{t('settings.dryRunEnds')}</Banner>}
      </FormLayout>
    ),
    data: () => (
      <FormLayout>
        <StoredData />
      </FormLayout>
    ),
  };
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t(`settings.section.${section}.title`)}
          </Text>
          <Text as="p" tone="subdued">
            {t(`settings.section.${section}.text`)}
          </Text>
        </BlockStack>
        {parts[section]()}
      </BlockStack>
    </Card>
  );
}
