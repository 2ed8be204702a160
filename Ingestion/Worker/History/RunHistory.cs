using Ingestion.Worker.Telemetry;
using Npgsql;

namespace Ingestion.Worker.History;

/// <summary>Runs with their steps, attempts and logs, as the warehouse keeps them.</summary>
internal sealed class RunHistory(NpgsqlDataSource dataSource, ILogger<RunHistory> logger)
{
    private const string Ended = "status not in ('Queued', 'Running')";

    /// <summary>The newest runs of a pipeline that ended, newest first.</summary>
    public Task<List<PipelineRun>> ListEndedAsync(string pipeline, int count, CancellationToken cancellationToken) =>
        ListAsync($"and {Ended}", pipeline, count, cancellationToken);

    /// <summary>The newest runs of a pipeline, those that wait too, newest first.</summary>
    public Task<List<PipelineRun>> ListAsync(string pipeline, int count, CancellationToken cancellationToken) =>
        ListAsync("", pipeline, count, cancellationToken);

    /// <summary>A run of a pipeline; null where there is none of this id.</summary>
    public async Task<PipelineRun?> FindAsync(string pipeline, Guid id, CancellationToken cancellationToken) => (await dataSource
        .Command($"select {RunSql.RunColumns} from ingestion.runs where pipeline = $1 and run_id = $2", pipeline, id)
        .ReadAsync(RunSql.ReadRun, cancellationToken)).FirstOrDefault();

    /// <summary>A run's steps in the order in which they began, those that never did last.</summary>
    public async Task<IReadOnlyList<RunStep>> StepsAsync(Guid run, CancellationToken cancellationToken)
    {
        var attempts = (await dataSource
            .Command("select step, attempt, status, started_at, finished_at, reason from ingestion.run_attempts where run_id = $1 order by attempt", run)
            .ReadAsync(
                r => (Step: r.GetString(0), Attempt: new RunAttempt(
                    r.GetInt32(1), Enum.Parse<RunStatus>(r.GetString(2)), r.GetFieldValue<DateTimeOffset>(3), r.Time(4), r.GetString(5))),
                cancellationToken))
            .ToLookup(a => a.Step, a => a.Attempt);
        return await dataSource
            .Command(
                "select step, kind, status, started_at, finished_at, row_count, quarantined_count, reason from ingestion.run_steps where run_id = $1 order " +
                "by started_at nulls last, step",
                run)
            .ReadAsync(
                r => new RunStep(r.GetString(0), r.GetString(1), Enum.Parse<RunStatus>(r.GetString(2)))
                {
                    StartedAt = r.Time(3),
                    FinishedAt = r.Time(4),
                    Rows = r.GetInt64(5),
                    Quarantined = r.GetInt64(6),
                    Reason = r.GetString(7),
                    Attempts = [.. attempts[r.GetString(0)]],
                },
                cancellationToken);
    }

    /// <summary>What the steps of a run said, oldest first; of very much the end.</summary>
    public async Task<IReadOnlyList<RunLogLine>> LogsAsync(Guid run, int count, CancellationToken cancellationToken)
    {
        var lines = await dataSource
            .Command("select step, attempt, logged_at, level, message from ingestion.run_logs where run_id = $1 order by log_id desc limit $2", run, count)
            .ReadAsync(
                r => new RunLogLine(r.GetString(0), r.GetInt32(1), r.GetFieldValue<DateTimeOffset>(2), r.GetString(3), r.GetString(4)), cancellationToken);
        lines.Reverse();
        return lines;
    }

    /// <summary>Writes down that a step begins its attempt.</summary>
    public Task BeginAttemptAsync(Guid run, string step, string kind, int attempt, DateTimeOffset now) => RecordAsync(
        """
        with step as (
            insert into ingestion.run_steps (run_id, step, kind, status, started_at) values ($1, $2, $3, 'Running', $5) on conflict (run_id, step) do nothing
        )
        insert into ingestion.run_attempts (run_id, step, attempt, status, started_at) values ($1, $2, $4, 'Running', $5)
        """,
        run, step, kind, attempt, now);

    /// <summary>Writes down how an attempt ended, with what it said.</summary>
    public Task EndAttemptAsync(Guid run, string step, RunAttempt attempt) => RecordAsync(
        "update ingestion.run_attempts set status = $4, finished_at = $5, reason = $6 where run_id = $1 and step = $2 and attempt = $3",
        run, step, attempt.Attempt, attempt.Status.ToString(), attempt.FinishedAt, attempt.Reason);

    /// <summary>Writes down how a step ended, also one that never began.</summary>
    public Task EndStepAsync(Guid run, RunStep step) => RecordAsync(
        """
        insert into ingestion.run_steps (run_id, step, kind, status, started_at, finished_at, row_count, quarantined_count, reason)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (run_id, step) do update set
            status = excluded.status, finished_at = excluded.finished_at, row_count = excluded.row_count,
            quarantined_count = excluded.quarantined_count, reason = excluded.reason
        """,
        run, step.Step, step.Kind, step.Status.ToString(), step.StartedAt, step.FinishedAt, step.Rows, step.Quarantined, step.Reason);

    public Task AddLogsAsync(Guid run, IReadOnlyList<RunLogLine> lines) => lines.Count == 0 ? Task.CompletedTask : RecordAsync(
        """
        insert into ingestion.run_logs (run_id, step, attempt, logged_at, level, message)
        select $1, step, attempt, logged_at, level, message from unnest($2, $3, $4, $5, $6) as line (step, attempt, logged_at, level, message)
        """,
        run,
        lines.Select(l => l.Step).ToArray(),
        lines.Select(l => l.Attempt).ToArray(),
        lines.Select(l => l.LoggedAt).ToArray(),
        lines.Select(l => l.Level).ToArray(),
        lines.Select(l => l.Message).ToArray());

    /// <summary>Deletes a pipeline's runs of before a time, with all that belongs to them.</summary>
    public Task PruneAsync(string pipeline, DateTimeOffset before) =>
        RecordAsync($"delete from ingestion.runs where pipeline = $1 and {Ended} and finished_at < $2", pipeline, before);

    private Task<List<PipelineRun>> ListAsync(string condition, string pipeline, int count, CancellationToken cancellationToken) => dataSource
        .Command($"select {RunSql.RunColumns} from ingestion.runs where pipeline = $1 {condition} order by run_id desc limit $2", pipeline, count)
        .ReadAsync(RunSql.ReadRun, cancellationToken);

    /// <summary>Where the server is gone, the step's own outcome is what matters, so that only a warning is left. A stop doesn't end it half way.</summary>
    private async Task RecordAsync(string sql, params object?[] parameters)
    {
        try
        {
            await dataSource.Command(sql, parameters).ExecuteAsync(CancellationToken.None);
        }
        catch (NpgsqlException exception)
        {
            Log.NotRecorded(logger, exception.Message);
        }
    }
}
