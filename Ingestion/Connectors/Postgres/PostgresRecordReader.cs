using System.Text;
using System.Text.Json;
using Ingestion.Connectors.Sources;
using Ingestion.Connectors.Values;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Connectors.Postgres;

/// <summary>Reads the rows of one table, numbered in the order received.</summary>
internal sealed class PostgresRecordReader(
    Contract contract, NpgsqlConnection connection, BinaryRows rows, IReadOnlyList<PostgresColumn> columns, long count, string contentHash)
    : RecordReader, ITypedRecord
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
                return rows.IsNull(field) ? null : columns[field].TextOf(rows[field]);
            }
            catch (DecoderFallbackException exception)
            {
                throw NotUtf8(field, exception);
            }
        }
    }

    public bool TryTake(int field, ref FieldValue value)
    {
        try
        {
            return rows.IsNull(field) ? TypedValue.TakeNull(ref value) : columns[field].TryTake(rows[field], ref value);
        }
        catch (DecoderFallbackException exception)
        {
            throw NotUtf8(field, exception);
        }
    }

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            _number++;
            return await rows.ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException)
        {
            throw new DiagnosticException(PostgresConnector.Unreadable(contract, exception), exception);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await rows.DisposeAsync();
        await connection.DisposeAsync();
    }

    /// <summary>A database with encoding SQL_ASCII may contain any bytes, which the server sends unchanged.</summary>
    private DiagnosticException NotUtf8(int field, DecoderFallbackException exception) => new(
        IngestionDiagnostics.UnreadableTable(
            contract.Span,
            contract.Options.Table,
            contract.Options.Connection,
            $"'{contract.Fields[field].Name}' of row {_number} is not UTF-8 " +
            $"({string.Join(' ', (exception.BytesUnknown ?? []).Select(b => $"0x{b:x2}"))} at offset {exception.Index})"),
        exception);
}
