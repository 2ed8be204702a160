using Models.Compiler.Graph;
using Models.Runner.Execution;

namespace Models.Runner.Materializations;

/// <summary>
/// <c>meta.leadline.distributed_by</c> and <c>reference</c>: how a model's table is spread over a Citus cluster. A server without
/// the extension keeps an ordinary table. Source: docs.citusdata.com/en/stable/develop/api_udf.html.
/// </summary>
internal static class CitusPlacement
{
    /// <param name="context">The model.</param>
    /// <param name="table">Its table as it was just made, in the same transaction.</param>
    /// <exception cref="RunException">Both are asked for.</exception>
    public static IEnumerable<Statement> Statements(BuildContext context, Relation table)
    {
        var ours = ConfigValues.Map(context.Node.Meta.GetValueOrDefault("leadline"));
        var column = ours.GetValueOrDefault("distributed_by") as string;
        var isReference = ours.GetValueOrDefault("reference") is true;
        if (column is not null && isReference)
            throw new RunException($"Model '{context.Node.Name}' has both distributed_by and reference in meta.leadline; keep one.");

        if (!context.Cache.HasCitus)
            yield break;

        if (column is not null)
            yield return $"select create_distributed_table({SqlLiteral.Of(table.QuotedName)}, {SqlLiteral.Of(column)})";
        else if (isReference)
            yield return $"select create_reference_table({SqlLiteral.Of(table.QuotedName)})";
    }
}
