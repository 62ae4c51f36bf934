import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { shopDomain } from '../domain/ids.ts';
import { env, services } from '../services.server.ts';
import { authenticateAdmin, authenticateStaff } from '../shopify.server.ts';
import { mailAddress, newMailAddress } from '../sync/mail-address.ts';

/** The address to which the shop's mails may be forwarded. `possible`: there is a domain that takes them. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const { MAIL_DOMAIN: domain } = env;
  if (domain === undefined) return { possible: false, address: null };
  return { possible: true, address: await mailAddress(services, shopDomain(session.shop), domain) };
};

/** Makes a new address; the one before takes no mail any more. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { shop, by, refused } = await authenticateStaff(request);
  const { MAIL_DOMAIN: domain } = env;
  if (domain === undefined) throw new Response(null, { status: 404 });
  if (refused) return { possible: true, address: await mailAddress(services, shop, domain) };
  return { possible: true, address: await newMailAddress(services, shop, domain, by) };
};
