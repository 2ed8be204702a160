using Npgsql;

namespace Ingestion.Worker.History;

/// <summary>Commands over the tables of runs, and runs read from their rows.</summary>
internal static class RunSql
{
    /// <summary>What <see cref="ReadRun"/> reads, in its order.</summary>
    public const string RunColumns =
        "run_id, pipeline, kind, queued_at, status, started_at, finished_at, scheduled_for, range_start, range_end, retry_of, worker, row_count, " +
        "quarantined_count, reason";

    public static NpgsqlCommand Command(this NpgsqlDataSource dataSource, string sql, params ReadOnlySpan<object?> parameters) =>
        With(dataSource.CreateCommand(sql), parameters);

    public static NpgsqlCommand With(NpgsqlCommand command, params ReadOnlySpan<object?> parameters)
    {
        foreach (var value in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    public static async Task<int> ExecuteAsync(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command)
            return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<List<T>> ReadAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using (command)
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(read(reader));
            return rows;
        }
    }

    public static PipelineRun ReadRun(NpgsqlDataReader reader) =>
        new(reader.GetGuid(0), reader.GetString(1), Enum.Parse<RunKind>(reader.GetString(2)), reader.GetFieldValue<DateTimeOffset>(3))
        {
            Status = Enum.Parse<RunStatus>(reader.GetString(4)),
            StartedAt = reader.Time(5),
            FinishedAt = reader.Time(6),
            ScheduledFor = reader.Time(7),
            RangeStart = reader.Time(8),
            RangeEnd = reader.Time(9),
            RetryOf = reader.IsDBNull(10) ? null : reader.GetGuid(10),
            Worker = reader.GetString(11),
            Rows = reader.GetInt64(12),
            Quarantined = reader.GetInt64(13),
            Reason = reader.GetString(14),
        };

    public static DateTimeOffset? Time(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
