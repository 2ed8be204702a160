-- The replication slots that streams hold at their sources: a slot that nobody reads keeps its server's log for ever.
create table ingestion.replication_slots (
    table_name text primary key,
    connection_name text not null,
    slot_name text not null,
    created_at timestamptz not null
);
comment on table ingestion.replication_slots is 'The replication slot, and the publication of the same name, of each stream that captures changes.';
