-- A look far back has a window of its own, so that news need not wait for its last page.
alter table seller add column deep_window jsonb;
