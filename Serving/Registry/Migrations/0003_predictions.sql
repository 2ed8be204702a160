-- The scores that were given, to compare with what became of the leads. The API adds rows and nothing else; training deletes old ones.
create table if not exists serving.predictions (
    scored_at timestamptz not null,
    contact_id bigint not null,
    model_version integer not null,
    probability double precision not null
);
-- The rows come in the order of time.
create index if not exists predictions_scored_at on serving.predictions using brin (scored_at);

-- Models/Postgres/Roles/roles.sql grants the same where the roles come after the table.
do $$
begin
    if to_regrole('leadline_scorer') is not null then
        grant insert on serving.predictions to leadline_scorer;
    end if;
end
$$;
