-- A model may wait for a person as a candidate. Who changed a status last, and when; and until when an archived model was champion.
alter table serving.models drop constraint if exists models_status_check;
alter table serving.models add constraint models_status_check check (status in ('champion', 'candidate', 'archived', 'rejected'));
alter table serving.models add column if not exists features jsonb;
alter table serving.models add column if not exists parameters text not null default '';
alter table serving.models add column if not exists changed_at timestamptz;
alter table serving.models add column if not exists changed_by text;
alter table serving.models add column if not exists champion_until timestamptz;

-- What the API may do to a model, although it may not write the table: make it champion, in whose place the present one is archived, or archive it.
create or replace function serving.change_model(model integer, new_status text, actor text) returns void
language plpgsql security definer set search_path = pg_catalog
as $$
declare
    changed serving.models;
begin
    if new_status not in ('champion', 'archived') then
        raise exception using errcode = '22023', message = format('a model cannot become %L', new_status);
    end if;
    perform pg_advisory_xact_lock(hashtextextended('serving.models', 0));
    select * into changed from serving.models where version = model;
    if not found then
        raise exception using errcode = 'P0002', message = format('there is no model %s', model);
    end if;
    if new_status = 'archived' and changed.status = 'champion' then
        raise exception using errcode = '55000', message = format('model %s is the champion: promote another one in its place', model);
    end if;
    if new_status = 'champion' and changed.status = 'champion' then
        return;
    end if;
    if new_status = 'champion' then
        update serving.models set status = 'archived', changed_at = clock_timestamp(), changed_by = actor, champion_until = clock_timestamp()
        where name = changed.name and target = changed.target and status = 'champion';
    end if;
    update serving.models set status = new_status, changed_at = clock_timestamp(), changed_by = actor where version = model;
end
$$;
revoke execute on function serving.change_model(integer, text, text) from public;

-- Models/Postgres/Roles/roles.sql grants the same where the roles come after the function.
do $$
begin
    if to_regrole('leadline_scorer') is not null then
        grant execute on function serving.change_model(integer, text, text) to leadline_scorer;
    end if;
end
$$;
