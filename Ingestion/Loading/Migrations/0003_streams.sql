-- How far each stream is, written in the transaction that loads the rows.
create table ingestion.streams (
    table_name text not null,
    source text not null,
    sync_mode text not null,
    fields text not null,
    cursor_value text,
    batch_id uuid not null,
    updated_at timestamptz not null,
    primary key (table_name, source)
);
comment on table ingestion.streams is 'One row for each stream: how it is loaded and how far it is; of a contract with several files one for each file.';
comment on column ingestion.streams.source is 'The file, where the contract names several; else empty.';
comment on column ingestion.streams.fields is 'The cursor or the primary key by which the rows were loaded.';
comment on column ingestion.streams.cursor_value is 'The largest cursor that was loaded.';

alter table ingestion.batches alter column identity drop not null;
alter table ingestion.batches add column deleted_count bigint not null default 0;
comment on column ingestion.batches.identity is 'What the batch holds; null where its rows are gone from the table, so that the same content is loaded again.';
comment on column ingestion.batches.deleted_count is 'Rows that the batch deleted or, in a history, closed.';
