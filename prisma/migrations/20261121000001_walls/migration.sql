-- The walls between shops. The two roles belong to the whole server and are made by db/migrate before this.
grant usage on schema public to concord_app, concord_system;

-- What belongs to a shop: the app's role sees the rows of the shop that the transaction names, and no others.
alter table shop enable row level security;
create policy own_shop on shop to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on shop to concord_system using (true) with check (true);
grant select, insert, update, delete on shop to concord_app, concord_system;
alter table seller enable row level security;
create policy own_shop on seller to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on seller to concord_system using (true) with check (true);
grant select, insert, update, delete on seller to concord_app, concord_system;
alter table amazon_order enable row level security;
create policy own_shop on amazon_order to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on amazon_order to concord_system using (true) with check (true);
grant select, insert, update, delete on amazon_order to concord_app, concord_system;
alter table command enable row level security;
create policy own_shop on command to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on command to concord_system using (true) with check (true);
grant select, insert, update, delete on command to concord_app, concord_system;
alter table problem enable row level security;
create policy own_shop on problem to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on problem to concord_system using (true) with check (true);
grant select, insert, update, delete on problem to concord_app, concord_system;
alter table audit_entry enable row level security;
create policy own_shop on audit_entry to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on audit_entry to concord_system using (true) with check (true);
grant select, insert, update, delete on audit_entry to concord_app, concord_system;
alter table sku_link enable row level security;
create policy own_shop on sku_link to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on sku_link to concord_system using (true) with check (true);
grant select, insert, update, delete on sku_link to concord_app, concord_system;
alter table backfill enable row level security;
create policy own_shop on backfill to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on backfill to concord_system using (true) with check (true);
grant select, insert, update, delete on backfill to concord_app, concord_system;
-- What was done stays written, only the due erasure takes it away.
revoke update, delete on audit_entry from concord_app;

-- What stands outside the shops.
grant select, insert, update, delete on rate_bucket, session, worker_beat to concord_system;

-- The only way into the queue for the app's role: by name, in the caller's transaction. The time is the caller's clock's.
create function concord_enqueue(task text, payload json, job_key text, run_at timestamptz) returns void
language sql security definer set search_path = pg_catalog as
'select graphile_worker.add_job(identifier => task, payload => payload, run_at => run_at, job_key => job_key, job_key_mode => ''replace'', max_attempts => 5)';
revoke execute on function concord_enqueue(text, json, text, timestamptz) from public;
grant execute on function concord_enqueue(text, json, text, timestamptz) to concord_app, concord_system;
