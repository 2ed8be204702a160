using Npgsql;

namespace Ingestion.Worker.History;

/// <summary>
/// The runs that were asked for, in <c>ingestion.runs</c>. Any worker puts runs in; who holds the pipeline's <see cref="PipelineLock"/>
/// takes them out.
/// </summary>
internal sealed class RunQueue(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const string IsActive = "status in ('Queued', 'Running')";

    /// <summary>A run that ends its worker or its server each time is not done again for ever.</summary>
    private const int MostRecoveries = 5;

    /// <summary>Asks for a run; null where one is asked for or running already.</summary>
    public async Task<PipelineRun?> TryRequestAsync(string pipeline, RunKind kind, CancellationToken cancellationToken) =>
        await InsertAsync([New(pipeline, kind)], unlessActive: true, cancellationToken) is [var run] ? run : null;

    /// <summary>
    /// Asks for the run of a time of the schedule; null where it was asked for before or, unless each counts, where another run is under
    /// way.
    /// </summary>
    public async Task<PipelineRun?> TryRequestScheduledAsync(
        string pipeline, DateTimeOffset scheduledFor, bool eachCounts, CancellationToken cancellationToken) =>
        await InsertAsync([New(pipeline, RunKind.Schedule) with { ScheduledFor = scheduledFor }], unlessActive: !eachCounts, cancellationToken) is [var run]
            ? run
            : null;

    /// <summary>Asks for a run that does again what another one left undone; null where one is asked for or running already.</summary>
    public async Task<PipelineRun?> TryRetryAsync(PipelineRun failed, CancellationToken cancellationToken) =>
        await InsertAsync([Again(failed, RunKind.Retry)], unlessActive: true, cancellationToken) is [var run] ? run : null;

    /// <summary>Asks for a run of each range, in their order.</summary>
    public Task<IReadOnlyList<PipelineRun>> RequestRangesAsync(
        string pipeline, IReadOnlyList<(DateTimeOffset Start, DateTimeOffset End)> ranges, CancellationToken cancellationToken)
    {
        // ids of one millisecond are in no order
        var now = time.GetUtcNow();
        var runs = ranges.Select((range, i) =>
            New(pipeline, RunKind.Backfill) with { Id = Guid.CreateVersion7(now.AddMilliseconds(i)), RangeStart = range.Start, RangeEnd = range.End });
        return InsertAsync([.. runs], unlessActive: false, cancellationToken);
    }

    /// <summary>The run that is under way or, where there is none, the next one; null where nobody asked for one.</summary>
    public async Task<PipelineRun?> FindActiveAsync(string pipeline, CancellationToken cancellationToken) => (await dataSource
        .Command(
            $"select {RunSql.RunColumns} from ingestion.runs where pipeline = $1 and {IsActive} order by status = 'Running' desc, run_id limit 1", pipeline)
        .ReadAsync(RunSql.ReadRun, cancellationToken)).FirstOrDefault();

    /// <summary>Takes the oldest run that waits, for who holds the pipeline's lock.</summary>
    public async Task<PipelineRun?> TakeAsync(string pipeline, string worker, CancellationToken cancellationToken) => (await dataSource
        .Command(
            $"""
            update ingestion.runs set status = 'Running', started_at = $2, worker = $3
            where run_id = (select run_id from ingestion.runs where pipeline = $1 and status = 'Queued' order by run_id limit 1 for update skip locked)
            returning {RunSql.RunColumns}
            """,
            pipeline,
            time.GetUtcNow(),
            worker)
        .ReadAsync(RunSql.ReadRun, cancellationToken)).FirstOrDefault();

    /// <summary>
    /// Marks the runs whose worker was lost, for who holds the pipeline's lock: nobody runs them any more. Each is asked for again, unless
    /// a run that does the same waits already, somebody had asked for its end, or several in a row were lost.
    /// </summary>
    public async Task<IReadOnlyList<PipelineRun>> InterruptAsync(string pipeline, CancellationToken cancellationToken)
    {
        var lost = await dataSource
            .Command(
                $"""
                with lost as (
                    update ingestion.runs
                    set status = case when cancel_requested then 'Cancelled' else 'Interrupted' end, finished_at = $2,
                        reason = 'the worker ' || worker || ' was lost while it ran'
                    where pipeline = $1 and status = 'Running'
                    returning {RunSql.RunColumns}
                ), steps as (
                    update ingestion.run_steps set status = 'Interrupted', finished_at = $2 where status = 'Running' and run_id in (select run_id from lost)
                ), attempts as (
                    update ingestion.run_attempts set status = 'Interrupted', finished_at = $2 where status = 'Running' and run_id in (select run_id from lost)
                )
                select {RunSql.RunColumns} from lost
                """,
                pipeline,
                time.GetUtcNow())
            .ReadAsync(RunSql.ReadRun, cancellationToken);
        foreach (var run in lost.Where(run => run.Status == RunStatus.Interrupted))
        {
            if (await CountRecoveriesAsync(run, cancellationToken) < MostRecoveries)
                await InsertAsync([Again(run, RunKind.Recovery)], unlessActive: run.RangeStart is null, cancellationToken);
            else
                await GiveUpAsync(run, cancellationToken);
        }

        return lost;
    }

    /// <summary>How many lost runs in a row led to this one, each the recovery of the one before.</summary>
    private async Task<int> CountRecoveriesAsync(PipelineRun run, CancellationToken cancellationToken) => (await dataSource
        .Command(
            """
            with recursive chain as (
                select retry_of, kind, 0 as recoveries from ingestion.runs where run_id = $1
                union all
                select earlier.retry_of, earlier.kind, recoveries + 1
                from chain join ingestion.runs earlier on earlier.run_id = chain.retry_of
                where chain.kind = 'Recovery'
            )
            select max(recoveries) from chain
            """,
            run.Id)
        .ReadAsync(reader => reader.GetInt32(0), cancellationToken))[0];

    private Task<int> GiveUpAsync(PipelineRun run, CancellationToken cancellationToken) => dataSource
        .Command(
            $"update ingestion.runs set reason = reason || ', like the {MostRecoveries} before it; it is not done again by itself' where run_id = $1", run.Id)
        .ExecuteAsync(cancellationToken);

    /// <summary>Calls off the runs that wait, and asks the worker of the one that is under way to stop it.</summary>
    /// <returns>How many that were.</returns>
    public Task<int> CancelAsync(string pipeline, CancellationToken cancellationToken) => dataSource
        .Command(
            $"""
            update ingestion.runs set
                cancel_requested = true,
                status = case status when 'Queued' then 'Cancelled' else status end,
                finished_at = case status when 'Queued' then $2 end
            where pipeline = $1 and {IsActive}
            """,
            pipeline,
            time.GetUtcNow())
        .ExecuteAsync(cancellationToken);

    /// <summary>Writes down how a run ended; one that was taken for lost meanwhile stays so.</summary>
    public Task FinishAsync(PipelineRun run, CancellationToken cancellationToken) => dataSource
        .Command(
            "update ingestion.runs set status = $2, finished_at = $3, row_count = $4, quarantined_count = $5, reason = $6 where run_id = $1 and status = " +
            "'Running'",
            run.Id,
            run.Status.ToString(),
            run.FinishedAt,
            run.Rows,
            run.Quarantined,
            run.Reason)
        .ExecuteAsync(cancellationToken);

    private PipelineRun New(string pipeline, RunKind kind)
    {
        var now = time.GetUtcNow();
        return new PipelineRun(Guid.CreateVersion7(now), pipeline, kind, now);
    }

    private PipelineRun Again(PipelineRun run, RunKind kind) => New(run.Pipeline, kind) with
    {
        RetryOf = run.Id,
        RangeStart = run.RangeStart,
        RangeEnd = run.RangeEnd,
    };

    /// <summary>One at a time for each pipeline: of two that ask for it at once, one is told that it is asked for already.</summary>
    private async Task<IReadOnlyList<PipelineRun>> InsertAsync(IReadOnlyList<PipelineRun> runs, bool unlessActive, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunSql.With(new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('leadline queue: ' || $1, 0))", connection), runs[0].Pipeline)
            .ExecuteAsync(cancellationToken);
        var inserted = await RunSql.With(
            new NpgsqlCommand(
                $"""
                insert into ingestion.runs (
                    run_id, pipeline, kind, queued_at, status, scheduled_for, range_start, range_end, retry_of, row_count, quarantined_count, reason)
                select id, $2, $3, $4, 'Queued', scheduled_for, range_start, range_end, $8, 0, 0, ''
                from unnest($1, $5, $6, $7) as asked (id, scheduled_for, range_start, range_end)
                where not ($9 and exists (select from ingestion.runs where pipeline = $2 and {IsActive}))
                on conflict (pipeline, scheduled_for) where kind = 'Schedule' do nothing
                returning {RunSql.RunColumns}
                """,
                connection),
            runs.Select(r => r.Id).ToArray(),
            runs[0].Pipeline,
            runs[0].Kind.ToString(),
            runs[0].QueuedAt,
            runs.Select(r => r.ScheduledFor).ToArray(),
            runs.Select(r => r.RangeStart).ToArray(),
            runs.Select(r => r.RangeEnd).ToArray(),
            runs[0].RetryOf,
            unlessActive).ReadAsync(RunSql.ReadRun, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [.. inserted.OrderBy(r => r.RangeStart)];
    }
}
