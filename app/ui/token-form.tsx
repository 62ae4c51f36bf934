import { Button, FormLayout, InlineStack, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMayChange } from './use-may-change.ts';

interface Props {
  readonly busy: boolean;
  readonly onSend: (typed: { readonly seller: string; readonly refreshToken: string }) => void;
}

const sellerPattern = /^[A-Z0-9]{6,20}$/;

/** Takes the refresh token of a private app. What is typed is kept nowhere in the browser. */
export function TokenForm({ busy, onSend }: Props) {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const [seller, setSeller] = useState('');
  const [refreshToken, setToken] = useState('');
  const [tried, setTried] = useState(false);
  const sellerFits = sellerPattern.test(seller.trim());
  const send = () => {
    setTried(true);
    if (sellerFits && refreshToken.trim() !== '') onSend({ seller: seller.trim(), refreshToken });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <FormLayout>
        <Text as="p">{t('connect.ownAppText')}</Text>
        <TextField
          label={t('connect.seller')}
          helpText={t('connect.sellerHelp')}
          value={seller}
          autoComplete="off"
          {...(tried && !sellerFits ? { error: t('connect.sellerWrong') } : {})}
          onChange={(value) => {
            setSeller(value.toUpperCase());
          }}
        />
        <TextField
          label={t('connect.token')}
          helpText={t('connect.tokenHelp')}
          type="password"
          value={refreshToken}
          autoComplete="off"
          {...(tried && refreshToken.trim() === '' ? { error: t('connect.tokenMissing') } : {})}
          onChange={setToken}
        />
        <InlineStack>
          <Button submit variant="primary" loading={busy} disabled={!mayChange}>
            {t('connect.check')}
          </Button>
        </InlineStack>
      </FormLayout>
    </form>
  );
}
