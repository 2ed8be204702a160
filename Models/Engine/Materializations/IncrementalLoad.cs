using Models.Database.Catalog;
using Models.Database.Definitions;

namespace Models.Engine.Materializations;

/// <summary>New rows on their way into a table.</summary>
/// <param name="Context">The model.</param>
/// <param name="Rows">The quoted name of the relation that holds the new rows.</param>
/// <param name="Columns">The table's columns that the new rows fill.</param>
internal sealed record IncrementalLoad(BuildContext Context, string Rows, IReadOnlyList<TableColumn> Columns)
{
    /// <summary>The rows, as the statements of the built-in strategies take them.</summary>
    public NewRows New => new(Target, Rows, Columns, UniqueKey, Predicates);

    public string Target => Context.Target.QuotedName;

    public IReadOnlyList<string> UniqueKey { get; } = [.. ConfigValues.Strings(Context.Node.Config, "unique_key").Where(k => k.Length > 0)];

    public IReadOnlyList<string> Predicates { get; } =
    [
        .. ConfigValues.Strings(Context.Node.Config, "incremental_predicates"),
        .. ConfigValues.Strings(Context.Node.Config, "predicates"),
    ];
}
