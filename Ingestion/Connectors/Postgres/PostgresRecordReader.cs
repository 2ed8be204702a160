using System.Text;
using System.Text.Json;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Connectors.Postgres;

/// <summary>Reads the rows of one table, numbered in the order received.</summary>
internal sealed class PostgresRecordReader(
    Contract contract, NpgsqlConnection connection, NpgsqlDataReader reader, long count, string contentHash) : RecordReader
{
    private long _number;

    public override Contract Contract => contract;

    public override string SourceName => $"{contract.Options.Connection}:{contract.Options.Table}";

    public override string ContentHash => contentHash;

    public override long Position => _number;

    public override long? Length => count;

    public override long Line => _number;

    public override SourceSpan Span => SourceSpan.WholeFile($"{SourceName}, row {_number}");

    public override string? Problem => null;

    /// <summary>The row as a JSON object of strings.</summary>
    public override string RawText => JsonSerializer.Serialize(contract.Fields.Index().ToDictionary(f => f.Item.Name, f => this[f.Index]));

    public override string? this[int field]
    {
        get
        {
            try
            {
                return reader.IsDBNull(field) ? null : reader.GetString(field);
            }
            catch (DecoderFallbackException exception)
            {
                // a database with encoding SQL_ASCII may contain any bytes, which the server sends unchanged
                throw new DiagnosticException(
                    IngestionDiagnostics.UnreadableTable(
                        contract.Span,
                        contract.Options.Table,
                        contract.Options.Connection,
                        $"'{contract.Fields[field].Name}' of row {_number} is not UTF-8 " +
                        $"({string.Join(' ', (exception.BytesUnknown ?? []).Select(b => $"0x{b:x2}"))} at offset {exception.Index})"),
                    exception);
            }
        }
    }

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            _number++;
            return await reader.ReadAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw new DiagnosticException(
                IngestionDiagnostics.UnreadableTable(
                    contract.Span, contract.Options.Table, contract.Options.Connection, PostgresConnector.Reason(exception)), exception);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await connection.DisposeAsync();
    }
}
