-- The roles of a Leadline warehouse. Groups say what may be done, logins who does it:
--
--   leadline_owner        owns the database of a server of Leadline's own; no service logs in as a member of it
--   leadline_loader       creates and fills raw and ingestion
--   leadline_transformer  creates the schemas of the models, reads raw and the registry
--   leadline_reader       reads the schemas that the pipelines declare as readable
--   leadline_scorer       is a reader, reads the registry of trained models, changes a model's status
--                         through serving.change_model, and adds to the predictions
--   leadline_observer     reads what the runs left: ingestion and leadline
--
--   leadline_worker       is loader and transformer
--   leadline_training     is a reader and owns the registry
--   leadline_api          is a scorer and an observer
--
-- It may run any number of times. What the user who runs it has created in the schemas of Leadline is handed to its role.
-- In: settings leadline.target (the schemas' prefix) and leadline.worker, leadline.training, leadline.api (their passwords; a login
-- without one is left as it is); leadline.own_server is 'on' where the server is Leadline's alone: then nobody else may connect to the database.
do $roles$
declare
    target constant text := current_setting('leadline.target');
    own_server constant boolean := coalesce(current_setting('leadline.own_server', true), '') = 'on';
    name text;
    statement text;
begin
    foreach name in array array['leadline_owner', 'leadline_loader', 'leadline_transformer', 'leadline_reader', 'leadline_scorer',
                                'leadline_observer', 'leadline_worker', 'leadline_training', 'leadline_api'] loop
        if to_regrole(name) is null then
            execute format('create role %I', name);
        end if;
    end loop;

    foreach name in array array['worker', 'training', 'api'] loop
        if coalesce(current_setting('leadline.' || name, true), '') <> '' then
            begin
                execute format('alter role %I login password %L', 'leadline_' || name, current_setting('leadline.' || name));
            exception when others then
                -- raised anew, because the server's log would show the statement with the password
                raise exception using errcode = sqlstate, message = sqlerrm;
            end;
        end if;
    end loop;

    -- on a server of Leadline's own the worker makes the database of the sample's operational system
    if own_server and (select rolsuper or rolcreatedb from pg_roles where rolname = current_user) then
        alter role leadline_worker createdb;
    end if;

    grant leadline_reader to leadline_scorer;
    grant leadline_loader, leadline_transformer to leadline_worker;
    grant leadline_reader to leadline_training;
    grant leadline_scorer, leadline_observer to leadline_api;
    if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant leadline_owner, leadline_worker, leadline_training to %I', current_user);
    end if;

    if own_server then
        execute format('alter database %I owner to leadline_owner', current_database());
        execute format('revoke all on database %I from public', current_database());
    end if;
    execute format('grant connect on database %I to leadline_loader, leadline_transformer, leadline_reader, leadline_observer', current_database());
    execute format('grant create, temporary on database %I to leadline_loader, leadline_transformer', current_database());
    -- a grant by one who may not give the right is a warning alone
    if not has_database_privilege('leadline_worker', current_database(), 'create') then
        raise insufficient_privilege using message = format('only the owner of database "%s" can let others create schemas in it', current_database());
    end if;

    foreach name in array array['ingestion', 'leadline'] loop
        execute format('create schema if not exists %I authorization leadline_worker', name);
    end loop;
    create schema if not exists serving authorization leadline_training;

    -- what was created before there were roles
    for statement in
        with owned as (
            select n.oid, n.nspname, n.nspowner,
                case when n.nspname = 'serving' then 'leadline_training' else 'leadline_worker' end as new_owner
            from pg_namespace n
            where n.nspname in ('raw', 'ingestion', 'leadline', 'serving', target) or starts_with(n.nspname, target || '_')
        )
        select format('alter schema %I owner to %I', nspname, new_owner)
        from owned
        where pg_get_userbyid(nspowner) = current_user
        union all
        select format(
            'alter %s %s owner to %I',
            case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' when 'f' then 'foreign table' else 'table' end,
            c.oid::regclass, o.new_owner)
        from owned o
        join pg_class c on c.relnamespace = o.oid
        where pg_get_userbyid(c.relowner) = current_user
            and (c.relkind in ('r', 'p', 'v', 'm', 'f')
                or (c.relkind = 'S' and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i'))))
        union all
        select format('alter routine %s owner to %I', p.oid::regprocedure, o.new_owner)
        from owned o
        join pg_proc p on p.pronamespace = o.oid
        where pg_get_userbyid(p.proowner) = current_user
        union all
        -- a table's own type, and an array's, follow the table and the element
        select format('alter type %s owner to %I', t.oid::regtype, o.new_owner)
        from owned o
        join pg_type t on t.typnamespace = o.oid
        where pg_get_userbyid(t.typowner) = current_user
            and (t.typtype in ('d', 'e', 'r') or (t.typtype = 'c' and (select c.relkind from pg_class c where c.oid = t.typrelid) = 'c'))
    loop
        execute statement;
    end loop;

    -- readers get the schemas of the models from the login that builds them (readable.sql)
    foreach name in array array['ingestion', 'leadline'] loop
        execute format('grant usage on schema %I to leadline_observer', name);
        execute format('grant select on all tables in schema %I to leadline_observer', name);
        execute format('alter default privileges for role leadline_worker in schema %I grant select on tables to leadline_observer', name);
    end loop;

    grant usage on schema serving to leadline_scorer, leadline_transformer;
    grant select on all tables in schema serving to leadline_scorer, leadline_transformer;
    alter default privileges for role leadline_training in schema serving grant select on tables to leadline_scorer, leadline_transformer;
    if to_regclass('serving.predictions') is not null then
        grant insert on serving.predictions to leadline_scorer;
    end if;
    if to_regprocedure('serving.change_model(integer, text, text)') is not null then
        grant execute on function serving.change_model(integer, text, text) to leadline_scorer;
    end if;
end
$roles$;
