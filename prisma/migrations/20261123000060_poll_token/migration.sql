-- Who claimed an account's poll last: a worker that slept meanwhile writes nothing of it any more.
alter table seller add column poll_token uuid;
