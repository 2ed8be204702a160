using Ingestion.Connectors.Avro;
using Ingestion.Connectors.Csv;
using Ingestion.Connectors.Excel;
using Ingestion.Connectors.Fake;
using Ingestion.Connectors.Http;
using Ingestion.Connectors.Json;
using Ingestion.Connectors.Lake;
using Ingestion.Connectors.Parquet;
using Ingestion.Connectors.Postgres;
using Ingestion.Connectors.Sources;
using Ingestion.Connectors.Webhooks;
using Ingestion.Connectors.Xml;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors;

/// <summary>All connectors by the contract's <c>format</c>.</summary>
public static class ConnectorTable
{
    private static readonly Dictionary<string, IConnector> Connectors = new IConnector[]
    {
        new CsvConnector(),
        new JsonArrayConnector(),
        new NdjsonConnector(),
        new XmlConnector(),
        new ParquetConnector(),
        new AvroConnector(),
        new ExcelConnector(),
        new PostgresConnector(),
        new ChangesConnector(),
        new HttpConnector(),
        new FakerConnector(),
        new WebhookConnector(),
        new LakeConnector(),
    }.ToDictionary(c => c.Format, StringComparer.OrdinalIgnoreCase);

    /// <summary>The formats of contracts, by name.</summary>
    public static IReadOnlyList<string> Formats => [.. Connectors.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The endings of files by which a format is known, in the order of the connectors.</summary>
    public static IReadOnlyList<string> FileEndings => [.. Connectors.Values.SelectMany(c => c.FileEndings)];

    /// <summary>The format of files with this ending, such as <c>.csv</c>; null where no connector knows it.</summary>
    public static string? FormatOf(string ending) =>
        Connectors.Values.FirstOrDefault(c => c.FileEndings.Contains(ending, StringComparer.OrdinalIgnoreCase))?.Format;

    /// <exception cref="DiagnosticException">There is no connector for the contract's format.</exception>
    public static IConnector For(Contract contract) =>
        Connectors.TryGetValue(contract.Format, out var connector)
            ? connector
            : throw new DiagnosticException(IngestionDiagnostics.UnknownFormat(contract.Span, contract.Name, contract.Format, Connectors.Keys));
}
