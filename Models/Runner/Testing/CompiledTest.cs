using Models.Compiler;
using Models.Compiler.Graph;
using Models.Runner.Execution;
using Models.Runner.Materializations;

namespace Models.Runner.Testing;

/// <summary>A data test rendered and configured.</summary>
internal sealed record CompiledTest(TestNode Node, string Sql, string Comment, DateTimeOffset StartedAt, DateTimeOffset CompiledAt)
{
    public required bool StoresFailures { get; init; }

    /// <summary>True where what would be a warning is a failure.</summary>
    public bool WarningFails { get; init; }

    /// <summary><c>table</c> or <c>view</c>, for failures that are kept.</summary>
    public string StoreAs { get; init; } = "table";

    public string FailureCalculation => Node.Config.GetString("fail_calc") ?? "count(*)";

    public string WarnIf => Node.Config.GetString("warn_if") ?? "!= 0";

    public string ErrorIf => Node.Config.GetString("error_if") ?? "!= 0";

    public long? Limit => Node.Config.TryGet("limit", out var limit) ? ConfigValues.Integer(limit) : null;

    public static CompiledTest Create(TestNode node, RunContext run, string sql, string comment, DateTimeOffset startedAt)
    {
        return new CompiledTest(node, sql, comment, startedAt, run.Clock.GetUtcNow())
        {
            StoresFailures = Stores(node, run.Options),
            WarningFails = run.Options.Compile.Warnings.IsError(WarningPolicy.TestResult),
            StoreAs = node.Config.GetString("store_failures_as") is "view" ? "view" : "table",
        };
    }

    /// <summary>True where the test's failing rows are kept.</summary>
    public static bool Stores(TestNode node, RunOptions options) => node.Config.GetString("store_failures_as") is { } storeAs
        ? storeAs != "ephemeral"
        : options.Compile.StoreFailures || node.Config.GetBoolean("store_failures", otherwise: false);

    /// <summary>One row: the count, and whether it is enough to warn or to fail.</summary>
    public Statement Query(string? from = null)
    {
        var limit = Limit is { } rows ? $"\nlimit {rows}" : "";
        var before = $"select {FailureCalculation} as failures, {FailureCalculation} {WarnIf} as should_warn, {FailureCalculation} {ErrorIf} as should_error\nfrom (\n";
        return from is null
            ? Statement.Around(before, Sql, $"{limit}\n) as dbt_internal_test{Comment}")
            : new Statement($"{before}select * from {from}{limit}\n) as dbt_internal_test{Comment}");
    }
}
