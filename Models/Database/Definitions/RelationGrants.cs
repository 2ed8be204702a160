using Models.Contracts;
using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Database.Definitions;

/// <summary>Who may do what with a relation. Source: PostgreSQL documentation, 5.8, Privileges.</summary>
public static class RelationGrants
{
    public static Statement Grant(Relation relation, string privilege, IEnumerable<string> roles) =>
        $"grant {privilege} on {relation.QuotedName} to {string.Join(", ", roles.Select(Role))}";

    /// <summary>Takes every privilege that is not among those to keep from every role but the owner.</summary>
    public static Statement RevokeOthers(Relation relation, IEnumerable<(string Privilege, string Role)> keep)
    {
        var kept = keep.Select(k => $"({SqlLiteral.Of(k.Privilege.ToLowerInvariant())}, {SqlLiteral.Of(k.Role)})").DefaultIfEmpty("('', '')");
        return $"""
            do $leadline$ declare held record;
            begin
                for held in
                    select a.privilege_type, case a.grantee when 0 then 'public' else quote_ident(r.rolname) end as grantee
                    from pg_catalog.pg_class c
                    cross join lateral pg_catalog.aclexplode(c.relacl) a
                    left join pg_catalog.pg_roles r on r.oid = a.grantee
                    where c.oid = pg_catalog.to_regclass({SqlLiteral.Of(relation.QuotedName)})
                      and a.grantee <> c.relowner
                      and (lower(a.privilege_type), coalesce(r.rolname, 'public')) not in (values {string.Join(", ", kept)})
                loop
                    execute format('revoke %s on {relation.QuotedName.Replace("'", "''").Replace("%", "%%")} from %s', held.privilege_type, held.grantee);
                end loop;
            end $leadline$
            """;
    }

    internal static string Role(string name) => name.Equals("public", StringComparison.OrdinalIgnoreCase) ? "public" : Relation.Quote(name);
}
