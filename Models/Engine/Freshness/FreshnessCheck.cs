using System.Diagnostics;
using Models.Database;
using Models.Database.Sessions;
using Models.Engine.Targets;
using Models.Project.Graph;

namespace Models.Engine.Freshness;

/// <summary>Asks sources when their newest row was loaded and judges the answer. Source: dbt's page on source freshness.</summary>
internal sealed class FreshnessCheck(TargetAccess target, TimeProvider clock)
{
    /// <summary>True for a source that says what is too old.</summary>
    public static bool Applies(SourceNode source)
    {
        var criteria = FreshnessCriteria.Read(source);
        return criteria.WarnAfter is not null || criteria.ErrorAfter is not null;
    }

    /// <summary>Checks all of them, some at the same time, and tells of each.</summary>
    public async Task<IReadOnlyList<FreshnessResult>> RunAsync(
        IReadOnlyList<SourceNode> sources, int threads, IRunObserver observer, CancellationToken cancellationToken)
    {
        observer.RunStarting(sources, threads, target.Project.Target.Name);
        var results = new FreshnessResult[sources.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, sources.Count), parallel, async (at, token) =>
        {
            observer.NodeStarted(sources[at], at + 1, sources.Count);
            results[at] = await RunAsync(sources[at], token);
            observer.NodeFinished(results[at].AsNodeResult(), at + 1, sources.Count);
        });
        return results;
    }

    private async Task<FreshnessResult> RunAsync(SourceNode source, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var criteria = FreshnessCriteria.Read(source);
        try
        {
            var sql = Query(source, criteria);
            await using var session = target.OpenSession();
            var value = await session.ReadValueAsync(sql, [], cancellationToken);
            var now = clock.GetUtcNow();
            // an empty table counts as never loaded
            DateTimeOffset? newest = value is null ? null : Time(value);
            var age = newest is { } at ? now - at : TimeSpan.MaxValue;
            return new FreshnessResult(source, criteria.Judge(age), newest ?? DateTimeOffset.UnixEpoch, now, criteria, watch.Elapsed, Error: null);
        }
        catch (Exception failure) when (Failures.IsOfNode(failure))
        {
            return new FreshnessResult(
                source, FreshnessStatus.RuntimeError, null, clock.GetUtcNow(), criteria, watch.Elapsed, Failures.Describe(failure, source, compiled: null));
        }
    }

    private string Query(SourceNode source, FreshnessCriteria criteria)
    {
        if (source.LoadedAtQuery is { } query)
        {
            // templates that query the database share one connection, so these run one after another
            lock (target)
                return target.Project.RenderText(query, source.Span, source, target.Connection);
        }

        if (source.LoadedAtField is not { } field)
            throw new RunException(
                $"Source '{source.SourceName}.{source.Name}' says how fresh it must be, but not how to tell; add loaded_at_field or loaded_at_query.");

        var filter = criteria.Filter is { } condition ? $" where {condition}" : "";
        return $"select max({field}) from {source.Relation.QuotedName}{filter}";
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
