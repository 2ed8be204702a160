-- Lets the worker read a database that it would have made itself, had there been roles: a stand-in for an operational system.
-- On a server that is Leadline's alone (setting leadline.own_server is 'on') the database becomes the worker's.
do $source$
declare
    statement text;
begin
    if current_setting('leadline.own_server') = 'on' then
        execute format('alter database %I owner to leadline_worker', current_database());
    end if;

    for statement in
        select format('grant usage on schema %I to leadline_loader', nspname)
        from pg_namespace
        where pg_get_userbyid(nspowner) = current_user and nspname not like 'pg\_%' and nspname <> 'information_schema'
        union all
        select format('grant select on %s to leadline_loader', c.oid::regclass)
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where pg_get_userbyid(c.relowner) = current_user and c.relkind in ('r', 'p', 'v', 'm', 'f')
            and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
    loop
        execute statement;
    end loop;
end
$source$;
