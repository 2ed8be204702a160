using Npgsql;
using Serving.Console.Reads;

namespace Serving.Console.Runs;

/// <summary>Reads the runs of the pipelines, which the worker writes.</summary>
internal sealed class PipelineRuns(WarehouseReader warehouse)
{
    private const string Columns = "run_id, pipeline, kind, status, queued_at, started_at, finished_at, row_count, quarantined_count, reason";
    private const int MostLines = 1000;

    /// <summary>The newest run of each pipeline.</summary>
    public Task<Reading<IReadOnlyList<PipelineRun>>> LatestAsync(CancellationToken cancellationToken) => warehouse.TryAsync(
        token => warehouse.ListAsync($"select distinct on (pipeline) {Columns} from ingestion.runs order by pipeline, run_id desc", Read, token),
        cancellationToken);

    /// <summary>The newest runs first; run ids rise with time.</summary>
    public Task<Reading<IReadOnlyList<PipelineRun>>> ListAsync(
        string? pipeline, Guid? before, int count, CancellationToken cancellationToken) => warehouse.TryAsync(
        token => warehouse.ListAsync(
            $"""
            select {Columns} from ingestion.runs
            where ($1::text is null or pipeline = $1) and ($2::uuid is null or run_id < $2)
            order by run_id desc limit $3
            """,
            Read, token, pipeline, before, count),
        cancellationToken);

    public async Task<Reading<PipelineRun?>> FindAsync(Guid id, CancellationToken cancellationToken) => await warehouse.TryAsync(
        async token => (await warehouse.ListAsync($"select {Columns} from ingestion.runs where run_id = $1", Read, token, id)).SingleOrDefault(),
        cancellationToken);

    public Task<Reading<IReadOnlyList<RunStep>>> StepsAsync(Guid run, CancellationToken cancellationToken) => warehouse.TryAsync(
        token => warehouse.ListAsync(
            """
            select step, kind, status, started_at, finished_at, row_count, quarantined_count, reason
            from ingestion.run_steps where run_id = $1 order by started_at nulls last, step
            """,
            reader => new RunStep(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.Time(3), reader.Time(4),
                reader.GetInt64(5), reader.GetInt64(6), reader.GetString(7)),
            token, run),
        cancellationToken);

    /// <summary>The last lines that a run's steps logged, oldest first.</summary>
    public Task<Reading<IReadOnlyList<RunLogLine>>> LogsAsync(Guid run, CancellationToken cancellationToken) => warehouse.TryAsync(
        token => warehouse.ListAsync(
            """
            select logged_at, step, attempt, level, message
            from (select * from ingestion.run_logs where run_id = $1 order by log_id desc limit $2) as newest
            order by log_id
            """,
            reader => new RunLogLine(
                reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), reader.GetInt32(2), reader.GetString(3), reader.GetString(4)),
            token, run, MostLines),
        cancellationToken);

    private static PipelineRun Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.GetFieldValue<DateTimeOffset>(4),
        reader.Time(5),
        reader.Time(6),
        reader.GetInt64(7),
        reader.GetInt64(8),
        reader.GetString(9));
}
