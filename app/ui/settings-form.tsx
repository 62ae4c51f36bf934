import {
  Badge,
  Banner,
  BlockStack,
  Button,
  Card,
  Checkbox,
  FormLayout,
  InlineStack,
  Layout,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { amazonCancelReasons } from '../domain/cancel-reason.ts';
import { AutoAcceptFields } from './auto-accept-fields.tsx';
import { MailAddress } from './mail-address.tsx';
import { NoticeFields } from './notice-fields.tsx';
import { StoredData } from './stored-data.tsx';
import type { SettingsDraft } from './settings-draft.ts';

interface Props {
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
}

/** Shopify's reasons, each with what Amazon gets for it. That the buyer cancelled follows from a request alone (CAN-6). */
const ownReasons = ['ask', ...amazonCancelReasons.filter((reason) => reason !== 'BuyerCanceled')] as const;

type OwnReason = SettingsDraft['cancelReasons'][keyof SettingsDraft['cancelReasons']];

function Section({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Layout.AnnotatedSection
      id={name}
      title={t(`settings.section.${name}.title`)}
      description={t(`settings.section.${name}.text`)}
    >
      <Card>
        <FormLayout>{children}</FormLayout>
      </Card>
    </Layout.AnnotatedSection>
  );
}

function Carriers({ draft, onChange }: Pick<Props, 'draft' | 'onChange'>) {
  const { t } = useTranslation();
  const rows = draft.carriers;
  const set = (carriers: SettingsDraft['carriers']) => {
    onChange({ ...draft, carriers });
  };
  return (
    <BlockStack gap="300">
      {rows.map((row, at) => (
        <FormLayout.Group key={at}>
          <TextField
            label={t('settings.carrierSeen')}
            value={row.name}
            maxLength={200}
            autoComplete="off"
            onChange={(name) => {
              set(rows.map((each, n) => (n === at ? { ...each, name } : each)));
            }}
          />
          <TextField
            label={t('settings.carrierMeans')}
            helpText={t('settings.carrierHelp')}
            value={row.means}
            autoComplete="off"
            connectedRight={
              <Button
                accessibilityLabel={t('settings.carrierRemoveFor', { name: row.name })}
                onClick={() => {
                  set(rows.filter((_, n) => n !== at));
                }}
              >
                {t('settings.carrierRemove')}
              </Button>
            }
            onChange={(means) => {
              set(rows.map((each, n) => (n === at ? { ...each, means } : each)));
            }}
          />
        </FormLayout.Group>
      ))}
      <InlineStack>
        <Button
          onClick={() => {
            set([...rows, { name: '', means: '' }]);
          }}
        >
          {t('settings.carrierAdd')}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

/** All settings by section; nothing is kept before it is saved. */
export function SettingsForm({ draft, saved, wrong, unlinked, secret, onChange, onRulesShown }: Props) {
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
  return (
    <Layout>
      <Section name="import">
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
      </Section>
      <Section name="products">
        <InlineStack gap="200" blockAlign="center">
          <Button url="/app/settings/products">{t('settings.products')}</Button>
          {unlinked > 0 && <Badge tone="attention">{t('settings.unlinked', { n: unlinked })}</Badge>}
        </InlineStack>
      </Section>
      <Section name="requests">
        {number('blindAfterMinutes')}
        <MailAddress />
      </Section>
      <Section name="cancelling">
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
      </Section>
      <Section name="automation">
        <AutoAcceptFields
          draft={draft.autoAccept}
          wrong={wrong.includes('autoAccept')}
          onChange={(autoAccept) => {
            set('autoAccept', autoAccept);
          }}
          onShown={onRulesShown}
        />
      </Section>
      <Section name="refunds">
        <Select
          {...words('refundsOnAmazon')}
          options={options('refundsOnAmazon', ['sometimes', 'never'])}
          value={draft.refundsOnAmazon}
          onChange={(value) => {
            set('refundsOnAmazon', value as SettingsDraft['refundsOnAmazon']);
          }}
        />
      </Section>
      <Section name="shipping">
        {number('untrackedAfterHours')}
        <Carriers draft={draft} onChange={onChange} />
      </Section>
      <Section name="notices">
        <NoticeFields draft={draft} saved={saved} wrong={wrong} secret={secret} onChange={onChange} />
      </Section>
      <Section name="dryRun">
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
      </Section>
      <Section name="data">
        <StoredData />
      </Section>
    </Layout>
  );
}
