-- The trained models; at most one champion per question and target.
create table if not exists serving.models (
    version integer generated always as identity primary key,
    name text not null,
    target text not null,
    learner text not null,
    status text not null check (status in ('champion', 'archived', 'rejected')),
    verdict text not null,
    metrics jsonb not null,
    schema_fingerprint text not null,
    training_fingerprint text not null,
    artifact bytea not null,
    created_at timestamptz not null default now()
);
create unique index if not exists models_champion on serving.models (name, target) where status = 'champion';
create index if not exists models_training on serving.models (name, target, training_fingerprint);
