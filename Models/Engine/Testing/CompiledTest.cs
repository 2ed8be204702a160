using Models.Database.Sessions;
using Models.Engine.Materializations;
using Models.Project.Configuration;
using Models.Project.Graph;

namespace Models.Engine.Testing;

/// <summary>A data test rendered and configured.</summary>
internal sealed record CompiledTest(TestNode Node, string Sql, string Comment, DateTimeOffset StartedAt, DateTimeOffset CompiledAt)
{
    public required bool StoresFailures { get; init; }

    /// <summary>True where what would be a warning is a failure.</summary>
    public bool WarningFails { get; init; }

    /// <summary><c>table</c> or <c>view</c>, for failures that are kept.</summary>
    public string StoreAs { get; init; } = "table";

    /// <summary>The run that a measurement is kept for; null where the test measures nothing or nothing is to be kept.</summary>
    public Guid? KeptFor { get; init; }

    // a measurement is a row whether it is an anomaly or not
    public string FailureCalculation => Node.Config.GetString("fail_calc") is { } own && own != "count(*)"
        ? own
        : Measures(Node) ? "count(*) filter (where is_anomaly)" : "count(*)";

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
            KeptFor = run.KeepsMeasurements && Measures(node) && run.Options.Compile is { Empty: false, Sample: null }
                ? run.Options.Compile.InvocationId
                : null,
        };
    }

    /// <summary>True where the test's failing rows are kept.</summary>
    public static bool Stores(TestNode node, RunOptions options) => node.StoresFailures(options.Compile.StoreFailures);

    /// <summary>True for a test of a measurement against its history: it gives one row whether all is well or not.</summary>
    public static bool Measures(TestNode node) => node.TestNamespace == "leadline";

    /// <summary>One row: the count, and whether it is enough to warn or to fail.</summary>
    public Statement Query(string? from = null)
    {
        if (Measures(Node))
            return Measurement(from);

        var limit = Limit is { } rows ? $"\nlimit {rows}" : "";
        var before =
            $"select {FailureCalculation} as failures, {FailureCalculation} {WarnIf} as should_warn, {FailureCalculation} {ErrorIf} as should_error\nfrom (\n";
        return from is null
            ? Statement.Around(before, Sql, $"{limit}\n) as dbt_internal_test{Comment}")
            : new Statement($"{before}select * from {from}{limit}\n) as dbt_internal_test{Comment}");
    }

    // one statement measures, stores and evaluates, so that the stored value is the one that was evaluated
    private Statement Measurement(string? from)
    {
        var keep = KeptFor is { } invocation
            ? $"""
            , kept as (
              insert into leadline.measurements (
                invocation_id, target_schema, unique_id, column_name, measure, filter, value, detail,
                baseline_size, baseline_mean, baseline_deviation, is_anomaly)
              select
                '{invocation}'::uuid, target_schema, unique_id, column_name, measure, filter, value, detail,
                baseline_size, baseline_mean, baseline_deviation, is_anomaly
              from measured
              where value is not null or detail is not null
              on conflict do nothing
            )
            """
            : "";
        return Statement.Around(
            "with measured as materialized (\n",
            from is null ? Sql : $"select * from {from}",
            $"""

            )
            {keep}
            select {FailureCalculation} as failures, {FailureCalculation} {WarnIf} as should_warn, {FailureCalculation} {ErrorIf} as should_error,
              string_agg(message, '; ') filter (where is_anomaly) as message
            from measured{Comment}
            """);
    }
}
