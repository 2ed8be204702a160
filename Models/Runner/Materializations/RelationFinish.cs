using Models.Project.Graph;
using Models.Runner.Database;

namespace Models.Runner.Materializations;

/// <summary>What a new relation gets besides its rows: indexes, grants, comments.</summary>
internal static class RelationFinish
{
    public static IEnumerable<Statement> Statements(BuildContext context, string type) =>
    [
        .. type == "view" ? [] : IndexDefinition.Configured(context.Node).Select(i => i.Create(context.Target)),
        .. Grants(context, isNew: true),
        .. Comments(context, type),
    ];

    /// <summary>The <c>grants</c> configuration: privilege to roles. A relation that was there before loses what is not in it.</summary>
    public static IEnumerable<Statement> Grants(BuildContext context, bool isNew)
    {
        if (!context.Node.Config.TryGet("grants", out var value) || ConfigValues.Map(value) is not { Count: > 0 } grants)
            yield break;

        if (!isNew)
            yield return RevokeOthers(context, grants);
        foreach (var (privilege, roles) in grants)
        {
            var names = ConfigValues.Strings(roles);
            if (names.Count > 0)
                yield return $"grant {privilege} on {context.Target.QuotedName} to {string.Join(", ", names.Select(Role))}";
        }
    }

    /// <summary>The <c>persist_docs</c> configuration: descriptions become comments.</summary>
    public static IEnumerable<Statement> Comments(BuildContext context, string type)
    {
        if (!context.Node.Config.TryGet("persist_docs", out var value))
            yield break;

        var wanted = ConfigValues.Map(value);
        if (wanted.GetValueOrDefault("relation") is true && context.Node.Description.Length > 0)
            yield return $"comment on {Replacement.Word(type)} {context.Target.QuotedName} is {SqlLiteral.Of(context.Node.Description)}";

        if (wanted.GetValueOrDefault("columns") is not true)
            yield break;

        foreach (var column in context.Node.Columns.Where(c => c.Description.Length > 0))
        {
            var name = Relation.Quote(column.Name.StartsWith('"') ? column.ServerName : column.Name);
            // a documented column that the relation does not have is no reason to fail
            yield return $"""
                do $leadline$ begin
                    comment on column {context.Target.QuotedName}.{name} is {SqlLiteral.Of(column.Description)};
                exception when undefined_column then null;
                end $leadline$
                """;
        }
    }

    private static Statement RevokeOthers(BuildContext context, IReadOnlyDictionary<string, object?> grants)
    {
        var kept = grants
            .SelectMany(g => ConfigValues.Strings(g.Value).Select(role => $"({SqlLiteral.Of(g.Key.ToLowerInvariant())}, {SqlLiteral.Of(role)})"))
            .DefaultIfEmpty("('', '')");
        return $"""
            do $leadline$ declare held record;
            begin
                for held in
                    select a.privilege_type, case a.grantee when 0 then 'public' else quote_ident(r.rolname) end as grantee
                    from pg_catalog.pg_class c
                    cross join lateral pg_catalog.aclexplode(c.relacl) a
                    left join pg_catalog.pg_roles r on r.oid = a.grantee
                    where c.oid = pg_catalog.to_regclass({SqlLiteral.Of(context.Target.QuotedName)})
                      and a.grantee <> c.relowner
                      and (lower(a.privilege_type), coalesce(r.rolname, 'public')) not in (values {string.Join(", ", kept)})
                loop
                    execute format('revoke %s on {context.Target.QuotedName.Replace("'", "''").Replace("%", "%%")} from %s', held.privilege_type, held.grantee);
                end loop;
            end $leadline$
            """;
    }

    private static string Role(string name) => name.Equals("public", StringComparison.OrdinalIgnoreCase) ? "public" : Relation.Quote(name);
}
