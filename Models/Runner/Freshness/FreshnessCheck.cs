using System.Diagnostics;
using Models.Compiler.Graph;
using Models.Runner.Execution;
using Npgsql;

namespace Models.Runner.Freshness;

/// <summary>Asks sources when their newest row was loaded and judges the answer. Source: dbt's page on source freshness.</summary>
internal sealed class FreshnessCheck(TargetAccess target, TimeProvider clock)
{
    /// <summary>True for a source that says both what is too old and how to tell.</summary>
    public static bool Applies(SourceNode source) =>
        source.Freshness is not null && (source.LoadedAtField is not null || source.LoadedAtQuery is not null);

    public async Task<FreshnessResult> RunAsync(SourceNode source, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var criteria = FreshnessCriteria.Read(source);
        try
        {
            var sql = Query(source, criteria);
            await using var command = new NpgsqlCommand(sql, await target.Session.OpenAsync(cancellationToken));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            var now = clock.GetUtcNow();
            // an empty table is as old as can be
            DateTimeOffset? newest = reader.IsDBNull(0) ? null : Time(reader.GetValue(0));
            var age = newest is { } at ? now - at : TimeSpan.MaxValue;
            return new FreshnessResult(source, criteria.Judge(age), newest ?? DateTimeOffset.UnixEpoch, now, criteria, watch.Elapsed, Error: null);
        }
        catch (Exception failure) when (Failures.IsOfNode(failure))
        {
            return new FreshnessResult(source, FreshnessStatus.RuntimeError, null, clock.GetUtcNow(), criteria, watch.Elapsed, Failures.Describe(failure, source, compiled: null));
        }
    }

    private string Query(SourceNode source, FreshnessCriteria criteria)
    {
        if (source.LoadedAtQuery is { } query)
            return target.Project.RenderText(query, source.Span, source, target.Warehouse);

        var filter = criteria.Filter is { } condition ? $" where {condition}" : "";
        return $"select max({source.LoadedAtField}) from {source.Relation.QuotedName}{filter}";
    }

    // a time without a zone is taken as UTC, as dbt does
    private static DateTimeOffset Time(object value) => value switch
    {
        DateTimeOffset time => time,
        DateTime { Kind: DateTimeKind.Utc } time => new DateTimeOffset(time),
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        DateOnly date => new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
        _ => throw new RunException($"The freshness query returned a {value.GetType().Name}, not a time: cast loaded_at_field to timestamp."),
    };
}
