using Models.Contracts;
using Models.Database.Sessions;

namespace Models.Database.Definitions;

/// <summary>
/// Copies the rights of a schema to the one that will replace it: its grants and the default privileges of what is created in it, so that
/// readers of the old schema can read the new one at once.
/// </summary>
public static class SchemaRights
{
    /// <summary>Copies the rights; does nothing where the live schema is not there.</summary>
    public static Statement Copy(string live, string shadow) => $"""
        do $leadline$ declare given text;
        begin
            for given in
                with rights as (
                    select 0 as step, null::text as creator, 'schema ' || quote_ident({SqlLiteral.Of(shadow)}) as place, a.*
                    from pg_catalog.pg_namespace n
                    cross join lateral pg_catalog.aclexplode(n.nspacl) a
                    where n.nspname = {SqlLiteral.Of(live)} and a.grantee <> n.nspowner
                    union all
                    select 1, pg_catalog.pg_get_userbyid(d.defaclrole),
                        case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' else 'types' end, a.*
                    from pg_catalog.pg_default_acl d
                    join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace
                    cross join lateral pg_catalog.aclexplode(d.defaclacl) a
                    where n.nspname = {SqlLiteral.Of(live)} and pg_catalog.pg_has_role(d.defaclrole, 'member')
                )
                select case when creator is null then '' else format('alter default privileges for role %I in schema %I ', creator, {SqlLiteral.Of(shadow)}) end
                    || format(
                        'grant %s on %s to %s', privilege_type, place,
                        case grantee when 0 then 'public' else quote_ident(pg_catalog.pg_get_userbyid(grantee)) end)
                    || case when is_grantable then ' with grant option' else '' end
                from rights
                order by step
            loop
                execute given;
            end loop;
        end $leadline$
        """;
}
