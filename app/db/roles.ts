import pg from 'pg';

/**
 * Makes the two roles that the product's connections take, where the server at `url` has none yet, and lets the owner
 * take them. Roles belong to the whole server, so that two databases of it may do this at once.
 */
export async function createRoles(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`
      begin;
      select pg_advisory_xact_lock(4227001);
      do $$ begin
        if not exists (select from pg_roles where rolname = 'concord_app') then
          create role concord_app nologin nosuperuser nobypassrls;
        end if;
        if not exists (select from pg_roles where rolname = 'concord_system') then
          create role concord_system nologin nosuperuser nobypassrls;
        end if;
        grant concord_app, concord_system to current_user;
      end $$;
      commit`);
  } finally {
    await client.end();
  }
}
