-- Lets the readers of a warehouse read schemas of models: the tables that are there, and those that a build creates. Run by the login that
-- builds the models, which owns the schemas. What is right already is left as it is.
-- In: settings leadline.readable and leadline.unreadable, JSON arrays of schemas.
do $readable$
declare
    name text;
    statement text;
    schema oid;
    owner oid;
begin
    -- two sessions that change the rights of one schema at once would fail
    perform pg_advisory_xact_lock(hashtextextended('leadline.readable', 0));

    for name in select jsonb_array_elements_text(current_setting('leadline.readable')::jsonb) loop
        begin
            if to_regnamespace(quote_ident(name)) is null then
                execute format('create schema %I', name);
            end if;
        exception when duplicate_schema or unique_violation then
            null; -- a build has created it in the meantime
        end;

        -- where all services connect as one user, there are no readers
        continue when to_regrole('leadline_reader') is null;

        select n.oid, n.nspowner into schema, owner from pg_namespace n where n.nspname = name;
        if not pg_has_role(owner, 'usage') then
            raise insufficient_privilege using message = format(
                'only the owner of schema "%s", "%s", can let others read it; hand it over by: alter schema %I owner to %I',
                name, pg_get_userbyid(owner), name, current_user);
        end if;

        for statement in
            select format('grant usage on schema %I to leadline_reader', name)
            where not has_schema_privilege('leadline_reader', schema, 'usage')
            union all
            select format('grant select on table %s to leadline_reader', c.oid::regclass)
            from pg_class c
            where c.relnamespace = schema and c.relkind in ('r', 'p', 'v', 'm', 'f') and pg_has_role(c.relowner, 'usage')
                and not has_table_privilege('leadline_reader', c.oid, 'select')
            union all
            select format('alter default privileges in schema %I grant select on tables to leadline_reader', name)
            where not exists (
                select from pg_default_acl d, aclexplode(d.defaclacl) a
                where d.defaclnamespace = schema and d.defaclobjtype = 'r' and d.defaclrole = to_regrole(quote_ident(current_user))
                    and a.grantee = to_regrole('leadline_reader') and a.privilege_type = 'SELECT')
        loop
            execute statement;
        end loop;
    end loop;

    for name in
        select n.nspname
        from jsonb_array_elements_text(current_setting('leadline.unreadable')::jsonb) as taken(name)
        join pg_namespace n on n.nspname = taken.name
        where to_regrole('leadline_reader') is not null and pg_has_role(n.nspowner, 'usage')
    loop
        execute format('revoke usage on schema %I from leadline_reader', name);
        execute format('alter default privileges in schema %I revoke select on tables from leadline_reader', name);
        for statement in
            select format('revoke select on table %s from leadline_reader', c.oid::regclass)
            from pg_class c
            where c.relnamespace = to_regnamespace(quote_ident(name)) and c.relkind in ('r', 'p', 'v', 'm', 'f') and pg_has_role(c.relowner, 'usage')
        loop
            execute statement;
        end loop;
    end loop;
end
$readable$;
