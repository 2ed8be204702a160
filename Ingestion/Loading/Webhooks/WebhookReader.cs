using System.Text.Json;
using Ingestion.Connectors.Json;
using Ingestion.Connectors.Sources;
using Ingestion.Connectors.Values;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Loading.Webhooks;

/// <summary>Reads the stored events of a stream that no load has taken, in the order in which they came.</summary>
internal sealed class WebhookReader : RecordReader
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlDataReader _reader;
    private readonly JsonFields _fields;
    private readonly List<long> _taken = [];
    private JsonDocument? _document;
    private string? _problem;

    private WebhookReader(Contract contract, NpgsqlConnection connection, NpgsqlDataReader reader)
    {
        Contract = contract;
        _connection = connection;
        _reader = reader;
        _fields = new JsonFields(contract);
    }

    public override Contract Contract { get; }

    public override string SourceName => "webhook";

    public override string ContentHash => "";

    public override long Position => _taken.Count;

    public override long? Length => null;

    public override long Line => _taken[^1];

    public override SourceSpan Span => SourceSpan.WholeFile($"{SourceName}, event {Line}");

    public override string? Problem => _problem;

    public override string RawText => _reader.GetString(1);

    public override string? JsonRecord => RawText;

    /// <summary>The events that were read.</summary>
    public IReadOnlyList<long> Taken => _taken;

    public override string? this[int field] => _fields[field];

    /// <summary>Reads on a connection of its own, because the load's connection copies at the same time.</summary>
    public static async Task<WebhookReader> OpenAsync(NpgsqlDataSource dataSource, Contract contract, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(
                "select event_id, body from ingestion.webhook_events where table_name = $1 and batch_id is null order by event_id", connection)
            {
                CommandTimeout = 0,
            };
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = contract.Name });
            return new WebhookReader(contract, connection, await command.ExecuteReaderAsync(cancellationToken));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>True if there is an event to read.</summary>
    public bool HasEvents => _reader.HasRows;

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _document?.Dispose();
        _document = null;
        if (!await _reader.ReadAsync(cancellationToken))
            return false;

        _taken.Add(_reader.GetInt64(0));
        _document = JsonDocument.Parse(_reader.GetString(1), JsonDepth.Document);
        _problem = _fields.Take(_document.RootElement);
        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        _document?.Dispose();
        await _reader.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
