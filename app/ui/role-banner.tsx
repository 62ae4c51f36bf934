import { Banner, Box } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';

/** Says why nothing can be changed. */
export function RoleBanner({ role }: { readonly role: 'read_only' | 'unchecked' }) {
  const { t } = useTranslation();
  return (
    <Box padding="400" paddingBlockEnd="0">
      <Banner tone="info">{t(role === 'read_only' ? 'guard.not_allowed_role' : 'role.unchecked')}</Banner>
    </Box>
  );
}
