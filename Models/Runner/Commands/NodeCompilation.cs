using Models.Database;
using Models.Database.Sessions;
using Models.Engine;
using Models.Engine.Artifacts;
using Models.Engine.Targets;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Runner.Commands;

/// <summary>Renders nodes without running them, and writes their SQL to <c>target/compiled</c>.</summary>
internal static class NodeCompilation
{
    /// <summary>The types of nodes that are compiled; a seed has a result but no SQL.</summary>
    public static readonly IReadOnlySet<ResourceType> Types = new HashSet<ResourceType>
    {
        ResourceType.Model, ResourceType.Seed, ResourceType.Snapshot, ResourceType.Test, ResourceType.Analysis,
        ResourceType.Function,
    };

    /// <param name="project">The project of the nodes, with deferral if requested.</param>
    /// <param name="target">The target that templates may query.</param>
    /// <param name="nodes">The nodes to render.</param>
    public static RunSummary Run(ParsedProject project, TargetAccess target, IEnumerable<Node> nodes)
    {
        var started = TimeProvider.System.GetUtcNow();
        List<NodeResult> results = [.. nodes.Select(n => Compile(project, target, n))];
        return new RunSummary(project.Options.InvocationId, started, TimeProvider.System.GetUtcNow() - started, results);
    }

    public static async Task ReportFailuresAsync(RunSummary summary)
    {
        foreach (var failed in summary.Results.Where(r => r.Status.IsFailure()))
            await Console.Error.WriteLineAsync(failed.Message);
    }

    private static NodeResult Compile(ParsedProject project, TargetAccess target, Node node)
    {
        var started = TimeProvider.System.GetUtcNow();
        if (node is SeedNode)
            return Result(NodeStatus.Success, "", sql: null);

        try
        {
            var sql = project.Compile(node, target.Connection).Sql;
            SqlFiles.WriteCompiled(project, node, sql);
            return Result(NodeStatus.Success, "", sql);
        }
        catch (RunException refusal)
        {
            return Result(NodeStatus.Error, $"{node.OriginalFilePath}: {refusal.Message}", sql: null);
        }
        catch (Exception failure) when (Failures.IsOfNode(failure))
        {
            return Result(NodeStatus.Error, Failures.Describe(failure, node, compiled: null), sql: null);
        }

        NodeResult Result(NodeStatus status, string message, string? sql) => new()
        {
            Node = node,
            Status = status,
            Message = message,
            CompiledSql = sql,
            StartedAt = started,
            CompileCompletedAt = TimeProvider.System.GetUtcNow(),
            CompletedAt = TimeProvider.System.GetUtcNow(),
            Worker = 1,
        };
    }
}
