import type { LoaderFunctionArgs } from '@remix-run/node';
import { widenForSandbox } from '../document-headers.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';

/** The library's own pages: fetching a session token, leaving the frame. It answers by throwing. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  try {
    await authenticateAdmin(request);
  } catch (answer) {
    if (answer instanceof Response) widenForSandbox(answer.headers);
    throw answer;
  }
  return null;
};
