using Ingestion.Worker.Telemetry;
using Models.Migrations;
using Npgsql;

namespace Ingestion.Worker.History;

/// <summary>The runs of all pipelines, <c>ingestion.runs</c>.</summary>
internal sealed class RunHistory(NpgsqlDataSource dataSource, ILogger<RunHistory> logger)
{
    private static readonly OwnTables Tables = OwnTables.Of(typeof(RunHistory).Assembly, "ingestion", "run_migrations");

    private const string Columns = "run_id, pipeline, started_at, finished_at, status, row_count, quarantined_count, reason";

    /// <summary>Writes a run down. Where the server is gone, the run's own outcome is what matters, so that only a warning is left.</summary>
    public async Task AddAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        try
        {
            await InsertAsync(run, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            Log.NotRecorded(logger, run.Pipeline, exception.Message);
        }
    }

    /// <summary>The newest runs of a pipeline, newest first.</summary>
    public async Task<IReadOnlyList<PipelineRun>> ListAsync(string pipeline, int count, CancellationToken cancellationToken)
    {
        await Tables.EnsureAsync(dataSource, cancellationToken);
        await using var command = dataSource.CreateCommand(
            $"select {Columns} from ingestion.runs where pipeline = $1 order by started_at desc limit $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = pipeline });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var runs = new List<PipelineRun>();
        while (await reader.ReadAsync(cancellationToken))
        {
            runs.Add(new PipelineRun(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2))
            {
                FinishedAt = reader.GetFieldValue<DateTimeOffset>(3),
                Status = Enum.Parse<RunStatus>(reader.GetString(4)),
                Rows = reader.GetInt64(5),
                Quarantined = reader.GetInt64(6),
                Reason = reader.GetString(7),
            });
        }

        return runs;
    }

    private async Task InsertAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        await Tables.EnsureAsync(dataSource, cancellationToken);
        await using var command = dataSource.CreateCommand($"insert into ingestion.runs ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = run.Id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = run.Pipeline });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = run.StartedAt });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = run.FinishedAt ?? run.StartedAt });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = run.Status.ToString() });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = run.Rows });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = run.Quarantined });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = run.Reason });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
