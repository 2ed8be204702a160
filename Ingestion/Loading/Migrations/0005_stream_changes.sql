-- What was asked of a stream; the next load does it, in the transaction of its rows.
create table ingestion.stream_changes (
    change_id bigint generated always as identity primary key,
    table_name text not null,
    kind text not null,
    range_from text,
    range_to text,
    requested_at timestamptz not null
);
create index stream_changes_table_name on ingestion.stream_changes (table_name, change_id);
comment on table ingestion.stream_changes is 'Resets, rewinds and backfills of streams that were asked for and not done yet.';
comment on column ingestion.stream_changes.range_from is 'The cursor that a stream is rewound to, or the first one of a backfill.';
comment on column ingestion.stream_changes.range_to is 'The cursor at which a backfill ends, exclusive.';
