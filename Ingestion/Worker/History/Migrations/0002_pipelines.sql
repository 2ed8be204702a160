-- Runs are written down from the moment they are asked for, with their steps, attempts and logs.
alter table ingestion.runs alter column started_at drop not null;
alter table ingestion.runs alter column finished_at drop not null;
alter table ingestion.runs
    add column kind text not null default 'Start',
    add column queued_at timestamptz,
    add column scheduled_for timestamptz,
    add column range_start timestamptz,
    add column range_end timestamptz,
    add column retry_of uuid,
    add column worker text not null default '',
    add column cancel_requested boolean not null default false;
update ingestion.runs set queued_at = started_at;
alter table ingestion.runs alter column queued_at set not null;
alter table ingestion.runs alter column kind drop default;

-- run ids rise with time, so that they are the order of the queue too
create index runs_newest on ingestion.runs (pipeline, run_id desc);
create index runs_waiting on ingestion.runs (pipeline, run_id) where status = 'Queued';
create unique index runs_running on ingestion.runs (pipeline) where status = 'Running';
create unique index runs_scheduled on ingestion.runs (pipeline, scheduled_for) where kind = 'Schedule';
comment on table ingestion.runs is 'One row for each run of a pipeline: asked for, running or ended.';
comment on column ingestion.runs.kind is 'What asked for it: Start, Manual, Schedule, Upstream, Backfill, Retry or Recovery.';
comment on column ingestion.runs.scheduled_for is 'The time of the schedule that it is the run of.';
comment on column ingestion.runs.range_start is 'The first moment that a backfill builds.';
comment on column ingestion.runs.range_end is 'Where a backfill stops, exclusive.';
comment on column ingestion.runs.retry_of is 'The run whose steps that went well are not done again.';
comment on column ingestion.runs.worker is 'The worker that took it.';

create table ingestion.run_steps (
    run_id uuid not null references ingestion.runs on delete cascade,
    step text not null,
    kind text not null,
    status text not null,
    started_at timestamptz,
    finished_at timestamptz,
    row_count bigint not null default 0,
    quarantined_count bigint not null default 0,
    reason text not null default '',
    primary key (run_id, step)
);
comment on table ingestion.run_steps is 'One row for each step of a run that began, was left out, or was done by the run that is retried.';

create table ingestion.run_attempts (
    run_id uuid not null,
    step text not null,
    attempt integer not null,
    status text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    reason text not null default '',
    primary key (run_id, step, attempt),
    foreign key (run_id, step) references ingestion.run_steps on delete cascade
);
comment on table ingestion.run_attempts is 'One row for each attempt at a step.';

create table ingestion.run_logs (
    log_id bigint generated always as identity primary key,
    run_id uuid not null references ingestion.runs on delete cascade,
    step text not null,
    attempt integer not null,
    logged_at timestamptz not null,
    level text not null,
    message text not null
);
create index run_logs_run_id on ingestion.run_logs (run_id, log_id);
comment on table ingestion.run_logs is 'What the steps of runs said.';

create table ingestion.upstreams (
    pipeline text not null,
    table_name text not null,
    seen text not null,
    primary key (pipeline, table_name)
);
comment on table ingestion.upstreams is 'How new a table was when a pipeline that waits for it was last asked to run.';
