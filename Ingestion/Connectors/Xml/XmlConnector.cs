using Ingestion.Connectors.Files;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Xml;

/// <summary>Reads the elements at one path of an XML file, record by record.</summary>
internal sealed class XmlConnector : IConnector
{
    public string Format => "xml";

    public async Task<RecordReader> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        if (contract.Options.RecordPath.Trim('/').Length == 0)
            throw new DiagnosticException(
                IngestionDiagnostics.MissingOption(contract.Span, contract.Name, contract.Format, "options: {record: /orders/order}"));

        ColumnMap.RefuseNewColumns(contract);
        var file = await DataFile.OpenAsync(contract, location, cancellationToken);
        return new XmlRecordReader(file, contract);
    }
}
