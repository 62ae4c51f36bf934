-- What a ledger says of cancels in Shopify alone, of returns and of parcels that are paid later has changed: all are made anew.
insert into ledger_due (shop, amazon_order_id) select distinct shop, amazon_order_id from ledger_entry
on conflict (shop, amazon_order_id) do nothing;
