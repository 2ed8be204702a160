using Ingestion.Connectors.Files;
using Ingestion.Connectors.Json;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Inference;

/// <summary>Detects the columns of a whole file.</summary>
internal static class FileInference
{
    /// <summary>The file's columns in their order; without a type where no record has a value.</summary>
    /// <param name="contract">A contract that names the file; it needs no fields.</param>
    /// <param name="format">The file's format.</param>
    /// <param name="location">The folder that the file is in.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="DiagnosticException">The file cannot be read.</exception>
    public static async Task<IReadOnlyList<(string Name, FieldType? Type)>> ReadAsync(
        Contract contract, string format, SourceLocation location, CancellationToken cancellationToken)
    {
        if (format != "ndjson")
            return await Parquet.ParquetSchemaReader.ReadAsync(contract, location, cancellationToken);

        var inference = new JsonInference();
        // unknown fields are what is looked for
        var lenient = contract with { Fields = [], OnSchemaChange = OnSchemaChange.Ignore };
        await using var reader = new NdjsonReader(await DataFile.OpenAsync(contract, location, cancellationToken), lenient);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.Document is { } record)
                inference.Add(record);
        }

        return [.. inference.Columns.Select(c => (c.Name, c.HasType ? c.Type : null))];
    }
}
