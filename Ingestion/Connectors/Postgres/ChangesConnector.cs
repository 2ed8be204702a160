using Ingestion.Connectors.Sources;
using Models.Contracts;

namespace Ingestion.Connectors.Postgres;

/// <summary>
/// The connector of tables whose changes are captured by logical replication. It reads the whole table, as the first load does; the changes after
/// that are read by the loader.
/// </summary>
internal sealed class ChangesConnector : IConnector
{
    public const string FormatName = "postgres_cdc";

    private readonly PostgresConnector _table = new();

    public string Format => FormatName;

    public Task<RecordReader> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken) =>
        _table.OpenAsync(contract, location, cancellationToken);
}
