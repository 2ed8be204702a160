using Models.Database;
using Models.Database.Sessions;
using Models.Diagnostics;
using Models.Engine;
using Models.Engine.Artifacts;
using Models.Engine.Targets;
using Models.Parsing;
using Models.Project.Graph;
using Models.Rendering.Nodes;

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

    /// <summary>Renders SQL from the command line; its result is that of a node of its own.</summary>
    /// <exception cref="RunException">The SQL cannot be rendered.</exception>
    public static RunSummary RunInline(ParsedProject project, TargetAccess target, string text)
    {
        var started = TimeProvider.System.GetUtcNow();
        var compiled = CompileInline(project, target, text);
        var completed = TimeProvider.System.GetUtcNow();
        var result = new NodeResult
        {
            Node = compiled.Node,
            Status = NodeStatus.Success,
            Message = "",
            CompiledSql = compiled.Sql.Trim(),
            StartedAt = started,
            CompileCompletedAt = completed,
            CompletedAt = completed,
            Worker = 1,
        };
        return new RunSummary(project.Options.InvocationId, started, completed - started, [result]);
    }

    /// <summary>Renders SQL from the command line. The message of an error begins with dbt's wording.</summary>
    /// <exception cref="RunException">The SQL cannot be rendered.</exception>
    public static CompiledNode CompileInline(ParsedProject project, TargetAccess target, string text)
    {
        try
        {
            return project.CompileInline(text, target.Connection);
        }
        catch (DiagnosticException mistake)
        {
            throw new RunException($"Error parsing inline query: {mistake.Diagnostic}", mistake);
        }
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
