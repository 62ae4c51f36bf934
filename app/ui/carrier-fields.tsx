import { BlockStack, Button, FormLayout, InlineStack, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { SettingsDraft } from './settings-draft.ts';

interface Props {
  readonly draft: SettingsDraft;
  readonly onChange: (draft: SettingsDraft) => void;
}

/** What Amazon is told for each carrier that has another name in Shopify. */
export function CarrierFields({ draft, onChange }: Props) {
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
