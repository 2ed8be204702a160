using Models.Contracts;
using Models.Database;
using Models.Database.Catalog;
using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>
/// <c>meta.leadline.distributed_by</c> and <c>reference</c>: how a model's table is spread over a Citus cluster. A server without
/// the extension keeps an ordinary table. Source: docs.citusdata.com/en/stable/develop/api_udf.html.
/// </summary>
internal static class CitusPlacement
{
    /// <param name="context">The model.</param>
    /// <param name="table">Its table as it was just made, in the same transaction.</param>
    /// <exception cref="RunException">The model asks for both.</exception>
    public static IEnumerable<Statement> Statements(BuildContext context, Relation table)
    {
        var (column, isReference) = Read(context.Node);
        if (column is not null && isReference)
            throw new RunException($"Model '{context.Node.Name}' has both distributed_by and reference in meta.leadline; keep one.");

        if (!context.Cache.HasCitus)
            yield break;

        if (column is not null)
            yield return $"select create_distributed_table({SqlLiteral.Of(table.QuotedName)}, {SqlLiteral.Of(column)})";
        else if (isReference)
            yield return $"select create_reference_table({SqlLiteral.Of(table.QuotedName)})";
    }

    /// <exception cref="RunException">The node is to be spread over the cluster and is built in a way that does not work there.</exception>
    public static void RequireSupported(BuildContext context)
    {
        if (!context.Cache.HasCitus || !IsPlaced(context.Node))
            return;

        var unsupported = context.Node switch
        {
            SeedNode => "a seed cannot be built as a distributed or reference table",
            SnapshotNode => "a snapshot cannot be built as a distributed or reference table",
            ModelNode { IsIncremental: true } when context.Node.Config.GetString("incremental_strategy") is ("merge" or "microbatch") and var strategy =>
                $"the incremental strategy '{strategy}' does not work on a distributed or reference table",
            _ => null,
        };
        if (unsupported is not null)
            throw new RunException($"'{context.Node.Name}' has distributed_by or reference in meta.leadline, and {unsupported} yet. Take it out of meta.");
    }

    /// <summary>For a blue/green build, which copies tables and would bring them back to the coordinator.</summary>
    /// <exception cref="RunException">One of the nodes is to be spread over the cluster.</exception>
    public static void RequireNone(IEnumerable<RelationNode> nodes, RelationCache cache)
    {
        if (cache.HasCitus && nodes.FirstOrDefault(IsPlaced) is { } placed)
        {
            throw new RunException(
                $"--blue-green does not work with distributed or reference tables yet, and '{placed.Name}' is one. Build without --blue-green.");
        }
    }

    private static bool IsPlaced(RelationNode node)
    {
        var (column, isReference) = Read(node);
        return column is not null || isReference;
    }

    private static (string? Column, bool IsReference) Read(RelationNode node)
    {
        var ours = ConfigValues.Map(node.Meta.GetValueOrDefault("leadline"));
        return (ours.GetValueOrDefault("distributed_by") as string, ours.GetValueOrDefault("reference") is true);
    }
}
