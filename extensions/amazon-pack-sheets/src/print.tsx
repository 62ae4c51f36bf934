import { render } from 'preact';
import { paths } from '../../shared/contract.ts';

/** Hands Shopify's print dialog the app's pick-and-pack sheet of the order, or of all that are selected. */
export default function show() {
  const orders = shopify.data.selected.map(({ id }) => id).join(',');
  const query = new URLSearchParams({ orders, locale: shopify.i18n.translate('language') });
  render(<s-admin-print-action src={`${paths.sheet}?${query.toString()}`} />, document.body);
}
