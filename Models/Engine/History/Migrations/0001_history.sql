-- Every run and what became of its nodes; several target schemas of one database share the tables.
create table if not exists leadline.runs (
    invocation_id uuid primary key,
    project text not null,
    verb text not null,
    target_schema text not null,
    started_at timestamptz not null,
    elapsed interval not null,
    success boolean not null,
    cancelled boolean not null);

create table if not exists leadline.node_results (
    invocation_id uuid not null references leadline.runs,
    unique_id text not null,
    resource_type text not null,
    relation text,
    status text not null,
    message text,
    started_at timestamptz not null,
    elapsed interval not null,
    rows_affected bigint,
    failures bigint,
    primary key (invocation_id, unique_id));
create index if not exists node_results_by_node on leadline.node_results (unique_id, started_at);

create table if not exists leadline.test_results (
    invocation_id uuid not null references leadline.runs,
    unique_id text not null,
    test_name text not null,
    attached_node text,
    column_name text,
    status text not null,
    failures bigint,
    message text,
    completed_at timestamptz not null,
    primary key (invocation_id, unique_id));
create index if not exists test_results_by_test on leadline.test_results (unique_id, completed_at);

create table if not exists leadline.row_counts (
    invocation_id uuid not null references leadline.runs,
    unique_id text not null,
    relation text not null,
    row_count bigint not null,
    counted_at timestamptz not null default now(),
    primary key (invocation_id, unique_id));

create table if not exists leadline.column_profiles (
    invocation_id uuid not null references leadline.runs,
    unique_id text not null,
    relation text not null,
    column_name text not null,
    data_type text not null,
    row_count bigint not null,
    null_share double precision,
    distinct_count bigint not null,
    minimum text,
    maximum text,
    profiled_at timestamptz not null default now(),
    primary key (invocation_id, unique_id, column_name));

create table if not exists leadline.measurements (
    invocation_id uuid not null,
    target_schema text not null,
    unique_id text not null,
    column_name text not null,
    measure text not null,
    filter text not null,
    value double precision,
    detail text,
    baseline_size bigint not null default 0,
    baseline_mean double precision,
    baseline_deviation double precision,
    is_anomaly boolean not null default false,
    measured_at timestamptz not null default now(),
    primary key (target_schema, unique_id, column_name, measure, filter, invocation_id));
