using Models.Database;
using Models.Database.Sessions;

namespace Models.Engine.Materializations;

/// <summary>Statements that bring new rows into a table; they run in one transaction.</summary>
internal delegate Task<IReadOnlyList<Statement>> IncrementalStrategy(IncrementalLoad load, CancellationToken cancellationToken);

/// <summary>Every strategy by the name <c>incremental_strategy</c> uses. Source: dbt's page on incremental strategies.</summary>
internal static class IncrementalStrategies
{
    private static readonly Dictionary<string, Func<IncrementalLoad, IReadOnlyList<Statement>>> BuiltIn = new(StringComparer.Ordinal)
    {
        ["append"] = load => [load.New.Insert()],
        ["delete+insert"] = load => load.New.DeleteInsert(),
        ["merge"] = load => [Merge(load)],
    };

    /// <exception cref="RunException">The configuration names a strategy that does not exist, or that lacks its key.</exception>
    public static IncrementalStrategy Find(BuildContext context)
    {
        var hasKey = ConfigValues.Strings(context.Node.Config, "unique_key").Count > 0;
        var name = context.Node.Config.GetString("incremental_strategy") ?? "default";
        if (MacroStrategy.Find(context.Project, context.Node, name) is { } own)
            return own;

        if (name == "default")
        {
            name = hasKey ? "delete+insert" : "append";
            if (MacroStrategy.Find(context.Project, context.Node, name) is { } replaced)
                return replaced;
        }

        if (BuiltIn.TryGetValue(name, out var strategy))
            return (load, _) => Task.FromResult(strategy(load));

        throw new RunException(
            $"Model '{context.Node.Name}' asks for the incremental strategy '{name}'; there are {string.Join(", ", BuiltIn.Keys)}, "
            + $"and a macro get_incremental_{name.Replace('+', '_')}_sql would make one of that name.");
    }

    public static Statement Merge(IncrementalLoad load) => load.New.Merge(UpdatedColumns(load));

    private static IEnumerable<string> UpdatedColumns(IncrementalLoad load)
    {
        var only = ConfigValues.Strings(load.Context.Node.Config, "merge_update_columns");
        var not = ConfigValues.Strings(load.Context.Node.Config, "merge_exclude_columns");
        if (only.Count > 0 && not.Count > 0)
            throw new RunException($"Model '{load.Context.Node.Name}' has both merge_update_columns and merge_exclude_columns; keep one.");
        if (only.Count > 0)
            return only.Select(Unquote);

        return load.Columns.Select(c => c.Name).Where(c => !not.Contains(c, StringComparer.OrdinalIgnoreCase));
    }

    private static string Unquote(string name) => name is ['"', .. var inner, '"'] ? inner.Replace("\"\"", "\"") : name;
}
