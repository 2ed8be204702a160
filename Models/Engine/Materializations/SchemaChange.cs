using Models.Database;
using Models.Database.Catalog;
using Models.Database.Definitions;
using Models.Database.Sessions;

namespace Models.Engine.Materializations;

/// <summary>What <c>on_schema_change</c> does when a model's columns are not the table's.</summary>
/// <param name="Statements">Alterations of the table.</param>
/// <param name="Columns">The columns that new rows fill afterwards.</param>
internal sealed record SchemaChange(IReadOnlyList<Statement> Statements, IReadOnlyList<TableColumn> Columns)
{
    public static SchemaChange Plan(BuildContext context, IReadOnlyList<TableColumn> source, IReadOnlyList<TableColumn> target)
    {
        var policy = context.Node.Config.GetString("on_schema_change") ?? "ignore";
        var known = target.ToDictionary(c => c.Name, StringComparer.Ordinal);
        var given = source.ToDictionary(c => c.Name, StringComparer.Ordinal);
        var added = source.Where(c => !known.ContainsKey(c.Name)).ToList();
        var removed = target.Where(c => !given.ContainsKey(c.Name)).ToList();
        var retyped = source.Where(c => known.TryGetValue(c.Name, out var now) && now.Type != c.Type).ToList();
        var widen = TableColumns.Widen(context.Target.QuotedName, source, target);
        switch (policy)
        {
            case "ignore":
                return new([.. widen], target);

            case "fail" when added.Count + removed.Count + retyped.Count > 0:
                throw new RunException(
                    $"The columns of model '{context.Node.Name}' are no longer those of its table: {Describe(added, removed, retyped)}. "
                    + "Build it with --full-refresh, or set on_schema_change to append_new_columns or sync_all_columns.");

            case "fail":
                return new([.. widen], target);

            case "append_new_columns":
                return new(
                    [.. widen, .. added.Select(c => RelationDdl.AddColumn(context.Target, c.Name, c.Type))],
                    [.. target.Where(c => given.ContainsKey(c.Name)), .. added]);

            case "sync_all_columns":
                return new(
                    [
                        .. removed.Select(c => RelationDdl.DropColumn(context.Target, c.Name)),
                        .. added.Select(c => RelationDdl.AddColumn(context.Target, c.Name, c.Type)),
                        .. retyped.Select(c => RelationDdl.ChangeType(context.Target, c.Name, c.Type)),
                    ],
                    [.. target.Where(c => given.ContainsKey(c.Name)), .. added]);

            default:
                throw new RunException(
                    $"Model '{context.Node.Name}' has on_schema_change '{policy}'; it is ignore, fail, append_new_columns or sync_all_columns.");
        }
    }

    private static string Describe(IReadOnlyList<TableColumn> added, IReadOnlyList<TableColumn> removed, IReadOnlyList<TableColumn> retyped)
    {
        var parts = new List<string>();
        if (added.Count > 0)
            parts.Add("added " + string.Join(", ", added.Select(c => $"'{c.Name}'")));
        if (removed.Count > 0)
            parts.Add("removed " + string.Join(", ", removed.Select(c => $"'{c.Name}'")));
        if (retyped.Count > 0)
            parts.Add("changed " + string.Join(", ", retyped.Select(c => $"'{c.Name}' to {c.Type}")));
        return string.Join("; ", parts);
    }
}
