using Ingestion.Connectors.Json;
using Ingestion.Connectors.Parquet;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Lake;

/// <summary>Reads the newest file of a table in a folder of the lake.</summary>
internal sealed class LakeConnector : IConnector
{
    public const string FormatName = "lake";

    private static readonly Dictionary<string, IConnector> Files =
        new IConnector[] { new NdjsonConnector(), new ParquetConnector() }.ToDictionary(c => c.Format, StringComparer.Ordinal);

    public string Format => FormatName;

    public async Task<RecordReader> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        if (contract.Options.From.Length == 0)
            throw new DiagnosticException(IngestionDiagnostics.MissingOption(contract.Span, contract.Name, contract.Format, "options: from"));
        if (location.LakeDirectory is not { } lake)
            throw new DiagnosticException(LakeDiagnostics.NoLake(contract.Span, contract.Name));

        var file = Find(contract, lake);
        var renamed = contract with { Options = contract.Options with { File = $"{contract.Options.From}/{file.Name}" } };
        return await Files[file.Format].OpenAsync(renamed, new SourceLocation(lake), cancellationToken);
    }

    /// <summary>The newest file of the contract's table.</summary>
    /// <exception cref="DiagnosticException">There is none.</exception>
    public static LakeFile Find(Contract contract, string lake)
    {
        var table = contract.Options.Table is { Length: > 0 } given ? given : contract.Name;
        var files = LakeFile.List(Path.Combine(lake, contract.Options.From));
        return files[table].FirstOrDefault()
            ?? throw new DiagnosticException(LakeDiagnostics.NoFile(contract.Span, table, contract.Options.From, files.Select(f => f.Key)));
    }
}
