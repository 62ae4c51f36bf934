import { marketplaces } from '../../domain/marketplaces.ts';
import { type Answer, unauthorized } from './answers.ts';
import { lacksRole, type Seller } from './seller.ts';

const hostPattern = /^sellingpartnerapi-(na|eu|fe)\.amazon\.com$/;

/** The API region that a request was meant for; North America for one that names none. */
const regionOf = (host: string | undefined): string => hostPattern.exec(host ?? '')?.[1] ?? 'na';

/** Where the seller sells, of the region that is asked. Beside Amazon's own it names a place that is none, as Amazon does. */
export function participations(seller: Seller, host: string | undefined): Answer {
  if (lacksRole(seller, 'Selling Partner Insights')) return unauthorized('');
  const { marketplaceIds, name = 'Demo store' } = seller.account;
  const sells = (id: string) => marketplaceIds?.includes(id) ?? true;
  const own = marketplaces.filter(({ region }) => region === regionOf(host));
  const entry = (marketplace: object, isParticipating: boolean) => ({
    marketplace,
    storeName: name,
    participation: { isParticipating, hasSuspendedListings: false },
  });
  return {
    status: 200,
    body: {
      payload: [
        ...own.map(({ id, country, storefront, currency, languages }) =>
          entry(
            {
              id,
              name: storefront.replace(/^www\.a/, 'A'),
              countryCode: country,
              defaultCurrencyCode: currency,
              defaultLanguageCode: `${languages[0] ?? 'en'}_${country}`,
              domainName: storefront,
            },
            sells(id),
          ),
        ),
        entry(
          {
            id: 'A1MQXOICRS2Z7M',
            name: 'SI Storefront',
            countryCode: 'CA',
            defaultCurrencyCode: 'CAD',
            defaultLanguageCode: 'en_CA',
            domainName: 'siprod.stores.amazon.ca',
          },
          true,
        ),
      ],
    },
  };
}
