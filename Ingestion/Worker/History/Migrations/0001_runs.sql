-- One row for each run of a pipeline that ended.
create table if not exists ingestion.runs (
    run_id uuid primary key,
    pipeline text not null,
    started_at timestamptz not null,
    finished_at timestamptz not null,
    status text not null,
    row_count bigint not null,
    quarantined_count bigint not null,
    reason text not null
);
create index if not exists runs_pipeline on ingestion.runs (pipeline, started_at);
comment on table ingestion.runs is 'One row for each run of a pipeline that ended.';
