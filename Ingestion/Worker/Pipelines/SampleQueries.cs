using System.Security.Cryptography;
using System.Text;
using Ingestion.Worker.Definitions;
using Ingestion.Worker.Settings;
using Microsoft.Extensions.Options;
using Npgsql;
using ServiceDefaults;

namespace Ingestion.Worker.Pipelines;

/// <summary>
/// Generates the sources of projects that bring queries for it: the rows of <c>sample/NAME.sql</c> become the file <c>NAME.csv</c> of the project's
/// data folder. A query reads its size from the setting <c>leadline.sample_size</c>, and gives the same rows for the same size.
/// </summary>
internal sealed class SampleQueries(NpgsqlDataSource warehouse, IOptions<IngestionOptions> options)
{
    private const string Folder = "sample";

    /// <summary>Identifies what the queries of all pipelines generate.</summary>
    public string Identify(IEnumerable<PipelineDefinition> pipelines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var pipeline in pipelines)
        {
            foreach (var query in Find(pipeline))
                hash.AppendData(Encoding.UTF8.GetBytes($"{pipeline.Name}/{Path.GetFileName(query)} {SizeOf(pipeline)}\n{File.ReadAllText(query)}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
    }

    /// <summary>Writes the files of one pipeline below <paramref name="folder"/>.</summary>
    /// <exception cref="ServiceException">The server refuses a query.</exception>
    public async Task WriteAsync(PipelineDefinition pipeline, string folder, CancellationToken cancellationToken)
    {
        var queries = Find(pipeline);
        if (queries.Count == 0)
            return;

        var target = Directory.CreateDirectory(Path.Combine(folder, pipeline.Name)).FullName;
        await using var connection = await warehouse.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // parallel workers could change the order of the rows
        await using var settings = new NpgsqlCommand(
            $"set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local max_parallel_workers_per_gather = 0; " +
            $"set local leadline.sample_size = '{SizeOf(pipeline)}'",
            connection);
        await settings.ExecuteNonQueryAsync(cancellationToken);
        foreach (var query in queries)
            await WriteAsync(connection, query, Path.Combine(target, Path.ChangeExtension(Path.GetFileName(query), ".csv")), cancellationToken);
    }

    private static async Task WriteAsync(NpgsqlConnection connection, string query, string file, CancellationToken cancellationToken)
    {
        try
        {
            // the line break ends a comment in the last line
            var copy = $"copy (\n{await File.ReadAllTextAsync(query, cancellationToken)}\n) to stdout (format csv, header)";
            using var rows = await connection.BeginTextExportAsync(copy, cancellationToken);
            await using var text = new StreamWriter(file);
            var buffer = new char[64 * 1024];
            for (var read = await rows.ReadAsync(buffer, cancellationToken); read > 0; read = await rows.ReadAsync(buffer, cancellationToken))
                await text.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        catch (PostgresException refused)
        {
            throw new ServiceException($"The sample query '{query}' is refused: {refused.MessageText} ({refused.SqlState}). Correct it.", refused);
        }
    }

    private long SizeOf(PipelineDefinition pipeline) =>
        options.Value.SampleSizes.TryGetValue(pipeline.Name, out var size) ? size : pipeline.SampleSize ?? 0;

    private static IReadOnlyList<string> Find(PipelineDefinition pipeline)
    {
        var folder = Path.Combine(pipeline.ProjectDirectory, Folder);
        return pipeline.SampleSize is null || !Directory.Exists(folder) ? [] : [.. Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal)];
    }
}
