using Models.Database.Adapters;
using Models.Database.Sessions;
using Models.Engine.Materializations;
using Models.Project.Graph;

namespace Models.Engine.Execution;

/// <summary>Runs the project's <c>on-run-start</c> and <c>on-run-end</c> statements in order.</summary>
internal sealed class RunHooks(RunContext run, Session session)
{
    private readonly RunConnection _connection = new(session, run.Cache);

    /// <summary>Runs the hooks of one kind until one fails; the remaining ones are skipped.</summary>
    /// <exception cref="StoppedByHookException">
    /// The template of an on-run-start hook raised an error: such a hook is a guard, and the run ends before any node, as in dbt. An SQL
    /// error in a hook is a result like a node's.
    /// </exception>
    public async Task<IReadOnlyList<NodeResult>> RunAsync(bool isStart, IReadOnlyDictionary<string, object?>? variables, CancellationToken cancellationToken)
    {
        var results = new List<NodeResult>();
        var hooks = run.Project.Graph.InOrder.OfType<OperationNode>().Where(o => o.IsOnRunStart == isStart).OrderBy(o => o.Index).ToList();
        foreach (var hook in hooks)
        {
            var line = $"hook: {hook.PackageName}.{(isStart ? "on-run-start" : "on-run-end")}.{hook.Index}";
            run.Observer.Message($"{results.Count + 1} of {hooks.Count} START {line}", isWarning: false);
            var failed = results.FirstOrDefault(r => r.Status.IsFailure());
            results.Add(failed is null
                ? await RunAsync(hook, variables, cancellationToken)
                : Result(hook, NodeStatus.Skipped, $"Skipped because of {failed.Node.UniqueId}", run.Clock.GetUtcNow(), sql: null));
            run.Observer.Message($"{results.Count} of {hooks.Count} {Word(results[^1].Status)} {line}", isWarning: false);
        }

        return results;
    }

    private async Task<NodeResult> RunAsync(OperationNode hook, IReadOnlyDictionary<string, object?>? variables, CancellationToken cancellationToken)
    {
        var started = run.Clock.GetUtcNow();
        string? sql = null;
        try
        {
            sql = Render(hook, variables);
            if (sql.Length > 0)
            {
                await session.ExecuteAsync([new Statement(sql) { IsUserSql = true }], cancellationToken);
                // the hook may have created or dropped relations
                run.Cache.MarkStale();
            }

            return Result(hook, NodeStatus.Success, "OK", started, sql);
        }
        catch (Exception failure) when (Failures.IsOfNode(failure))
        {
            return Result(hook, NodeStatus.Error, Failures.Describe(failure, hook, compiled: null), started, sql);
        }
    }

    private string Render(OperationNode hook, IReadOnlyDictionary<string, object?>? variables)
    {
        try
        {
            return run.Project.RenderText(hook.Source.Text, hook.Span, hook, _connection, variables).Trim();
        }
        catch (Exception failure) when (hook.IsOnRunStart && Failures.IsOfNode(failure))
        {
            throw new StoppedByHookException($"{Failures.Describe(failure, hook, compiled: null)} (hook {hook.Name}; nothing was run)", failure);
        }
    }

    private static string Word(NodeStatus status) => status switch { NodeStatus.Success => "OK", NodeStatus.Skipped => "SKIP", _ => "ERROR" };

    private NodeResult Result(OperationNode hook, NodeStatus status, string message, DateTimeOffset started, string? sql) => new()
    {
        Node = hook,
        Status = status,
        Message = message,
        StartedAt = started,
        CompileCompletedAt = started,
        CompletedAt = run.Clock.GetUtcNow(),
        Worker = 1,
        CompiledSql = sql,
    };
}
