using Ingestion.Worker.Definitions;
using Ingestion.Worker.Telemetry;
using Npgsql;

namespace Ingestion.Worker.History;

/// <summary>How new the tables are that pipelines wait for, beside how new they were when the last run began.</summary>
internal sealed class UpstreamHistory(NpgsqlDataSource dataSource, ILogger<UpstreamHistory> logger)
{
    /// <summary>The first table that has data which no run has seen; null where none has.</summary>
    public async Task<UpstreamTable?> FindNewAsync(PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        var seen = (await dataSource
            .Command("select table_name, seen from ingestion.upstreams where pipeline = $1", pipeline.Name)
            .ReadAsync(r => KeyValuePair.Create(r.GetString(0), r.GetString(1)), cancellationToken)).ToDictionary(StringComparer.Ordinal);
        foreach (var table in pipeline.Schedule.WhenNew)
        {
            if (await NewestAsync(pipeline, table, cancellationToken) is { } newest && newest != seen.GetValueOrDefault(table.Table))
                return table;
        }

        return null;
    }

    /// <summary>Writes down how new the tables are; a run that begins now sees what they have.</summary>
    public async Task MarkAsync(PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        foreach (var table in pipeline.Schedule.WhenNew)
        {
            if (await NewestAsync(pipeline, table, cancellationToken) is not { } newest)
                continue;

            await dataSource
                .Command(
                    "insert into ingestion.upstreams (pipeline, table_name, seen) values ($1, $2, $3) on conflict (pipeline, table_name) do update set seen " +
                    "= excluded.seen",
                    pipeline.Name,
                    table.Table,
                    newest)
                .ExecuteAsync(cancellationToken);
        }
    }

    /// <summary>A value that differs when the table has new rows; null where it has none, or cannot be read.</summary>
    private async Task<string?> NewestAsync(PipelineDefinition pipeline, UpstreamTable table, CancellationToken cancellationToken)
    {
        var name = table.Table.Split('.');
        await using var command = table.LoadedAt.Length == 0
            ? dataSource.Command("select max(finished_at)::text from ingestion.batches where table_name = $1 and row_count + deleted_count > 0", name[1])
            : dataSource.Command($"select max({Quoted(table.LoadedAt)})::text from {Quoted(name[0])}.{Quoted(name[1])}");
        try
        {
            return await command.ExecuteScalarAsync(cancellationToken) as string;
        }
        catch (PostgresException refused)
        {
            Log.UpstreamUnknown(logger, pipeline.Name, table.Table, refused.MessageText);
            return null;
        }
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
