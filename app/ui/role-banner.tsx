import { Banner, Box } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { StaffRole } from '../shopify/staff-role.ts';

/** Says why nothing can be changed. */
export function RoleBanner({ role }: { readonly role: Exclude<StaffRole, 'all'> }) {
  const { t } = useTranslation();
  return (
    <Box padding="400" paddingBlockEnd="0">
      <Banner tone="info">{t(role === 'unchecked' ? 'role.unchecked' : 'guard.not_allowed_role')}</Banner>
    </Box>
  );
}
