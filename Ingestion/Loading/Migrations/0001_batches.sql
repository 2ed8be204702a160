-- The record of loads, written in the transaction that loads the rows.
create schema if not exists raw;

create table if not exists ingestion.batches (
    batch_id uuid primary key,
    table_name text not null,
    source_file text not null,
    content_hash text not null,
    row_count bigint not null,
    quarantined_count bigint not null,
    started_at timestamptz not null,
    finished_at timestamptz not null
);
create index if not exists batches_table_name on ingestion.batches (table_name, finished_at);

create table if not exists ingestion.quarantine (
    batch_id uuid not null references ingestion.batches deferrable initially deferred,
    table_name text not null,
    source_file text not null,
    source_line bigint not null,
    field text,
    reason text not null,
    raw_text text not null,
    quarantined_at timestamptz not null
);
create index if not exists quarantine_table_name on ingestion.quarantine (table_name, quarantined_at);
create index if not exists quarantine_batch_id on ingestion.quarantine (batch_id);

comment on table ingestion.batches is 'One row for each batch loaded; the newest batch of a table is not loaded again.';
comment on table ingestion.quarantine is 'Records that are not what their contract says, as the source has them.';
