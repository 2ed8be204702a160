using Models.Compiler.Context;
using Models.Compiler.Graph;

namespace Models.Runner.Execution;

/// <summary>
/// The target while a hook renders. What the hook's macros ask is answered at once; what they would change is kept, because a hook
/// is rendered before its turn comes: a post-hook's table is not in place yet.
/// </summary>
internal sealed class HookWarehouse(IWarehouse target) : IWarehouse
{
    private static readonly string[] s_questions = ["select", "with", "show", "explain", "values"];

    /// <summary>The statements kept, in the order met.</summary>
    public List<string> Kept { get; } = [];

    public QueryResult Execute(string sql)
    {
        var text = sql.Trim();
        if (Array.Exists(s_questions, q => text.StartsWith(q, StringComparison.OrdinalIgnoreCase)))
            return target.Execute(sql);

        Kept.Add(text);
        return QueryResult.Empty;
    }

    public IReadOnlyList<WarehouseRelation> ListRelations(string schema) => target.ListRelations(schema);

    public IReadOnlyList<WarehouseColumn> ListColumns(Relation relation) => target.ListColumns(relation);
}
