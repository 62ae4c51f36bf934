import { db, log } from '../services.server.ts';

/** 200 while the database answers, else 503. */
export const loader = async () => {
  try {
    await db.system((tx) => tx.$queryRaw`select 1`);
    return new Response('ok');
  } catch (error) {
    log.error({ err: error }, 'The database does not answer');
    return new Response('the database does not answer', { status: 503 });
  }
};
