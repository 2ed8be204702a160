using Models.Database.Catalog;
using Models.Database.Definitions;
using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>What a new relation gets besides its rows: indexes, grants, comments.</summary>
internal static class RelationFinish
{
    public static IEnumerable<Statement> Statements(BuildContext context, string type) =>
    [
        .. type == "view" ? [] : ConfiguredIndexes.Of(context.Node).Select(i => i.Create(context.Target)),
        .. Grants(context, isNew: true),
        .. Comments(context, type),
    ];

    /// <summary>The <c>grants</c> configuration: privilege to roles. A relation that was there before loses what is not in it.</summary>
    public static IEnumerable<Statement> Grants(BuildContext context, bool isNew)
    {
        if (!context.Node.Config.TryGet("grants", out var value) || ConfigValues.Map(value) is not { Count: > 0 } grants)
            yield break;

        if (!isNew)
            yield return RelationGrants.RevokeOthers(
                context.Target, grants.SelectMany(g => ConfigValues.Strings(g.Value).Select(role => (g.Key, role))));
        foreach (var (privilege, roles) in grants)
        {
            var names = ConfigValues.Strings(roles);
            if (names.Count > 0)
                yield return RelationGrants.Grant(context.Target, privilege, names);
        }
    }

    /// <summary>
    /// Returns the described columns that the relation does not have, or that differ in case, so that <c>persist_docs</c> could not store their
    /// descriptions.
    /// </summary>
    public static async Task<IReadOnlyList<string>> MissingColumnsAsync(BuildContext context, CancellationToken cancellationToken)
    {
        if (context.Node.Columns.Count == 0 || !context.Node.Config.TryGet("persist_docs", out var value)
            || ConfigValues.Map(value).GetValueOrDefault("columns") is not true)
            return [];

        var present = (await TableColumns.ReadAsync(context.Session, context.Target.QuotedName, cancellationToken))
            .Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        return present.Count == 0 ? [] : [.. context.Node.Columns.Where(c => !present.Contains(CommentedName(c))).Select(c => c.Name)];
    }

    private static string CommentedName(ColumnDefinition column) => column.Name.StartsWith('"') ? column.ServerName : column.Name;

    /// <summary>The <c>persist_docs</c> configuration: descriptions become comments.</summary>
    public static IEnumerable<Statement> Comments(BuildContext context, string type)
    {
        if (!context.Node.Config.TryGet("persist_docs", out var value))
            yield break;

        var wanted = ConfigValues.Map(value);
        if (wanted.GetValueOrDefault("relation") is true && context.Node.Description.Length > 0)
            yield return RelationDdl.Comment(type, context.Target, context.Node.Description);

        if (wanted.GetValueOrDefault("columns") is not true)
            yield break;

        foreach (var column in context.Node.Columns.Where(c => c.Description.Length > 0))
        {
            yield return RelationDdl.CommentColumn(context.Target, CommentedName(column), column.Description);
        }
    }
}
