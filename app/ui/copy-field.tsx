import { useAppBridge } from '@shopify/app-bridge-react';
import { Button, TextField } from '@shopify/polaris';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useCopy } from './use-copy.ts';

interface Props {
  readonly label: string;
  readonly help: string;
  readonly value: string;
  /** What its button is called for those who do not see the field. */
  readonly copyName: string;
}

/** A text to be taken elsewhere, with a button that copies it. */
export function CopyField({ label, help, value, copyName }: Props) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const id = useId();
  const { failed, copy } = useCopy(id, () => {
    shopify.toast.show(t('byMessage.copied'));
  });
  return (
    <TextField
      id={id}
      label={label}
      helpText={help}
      value={value}
      readOnly
      autoComplete="off"
      {...(failed ? { error: t('byMessage.copyFailed') } : {})}
      connectedRight={
        <Button
          accessibilityLabel={copyName}
          onClick={() => {
            copy(value);
          }}
        >
          {t('byMessage.copy.short')}
        </Button>
      }
    />
  );
}
