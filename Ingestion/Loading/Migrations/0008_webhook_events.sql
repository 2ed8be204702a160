-- The events that webhooks have delivered. An event is kept from before the answer to its sender; batch_id says which load has taken it.
create table ingestion.webhook_events (
    event_id bigint generated always as identity primary key,
    table_name text not null,
    event_key text not null,
    received_at timestamptz not null,
    body text not null,
    batch_id uuid,
    unique (table_name, event_key)
);
create index on ingestion.webhook_events (table_name, event_id) where batch_id is null;
comment on table ingestion.webhook_events is 'The events of webhooks: those that no load has taken yet, and for some days those that one has.';
