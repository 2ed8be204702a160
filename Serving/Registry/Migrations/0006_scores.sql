-- The scores of the entities whose outcome has not come, by the champion. Training writes them; a row changes only when its score or its model does.
create table if not exists serving.scores (
    target text not null,
    prediction text not null,
    entity text not null,
    model_version integer not null,
    probability double precision not null,
    scored_at timestamptz not null,
    primary key (target, prediction, entity)
);
-- Whom to call first.
create index if not exists scores_highest on serving.scores (target, prediction, probability desc);
