using Ingestion.Connectors.Webhooks;
using Ingestion.Loading.Batches;
using Models.Contracts;
using Npgsql;

namespace Ingestion.Loading.Webhooks;

/// <summary>Keeps events, <c>ingestion.webhook_events</c>, until a load takes them.</summary>
public sealed class WebhookStore(NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <summary>The format of contracts whose events are stored.</summary>
    public const string Format = WebhookConnector.FormatName;

    /// <summary>Stores events durably, in one transaction; those whose key is known are left out.</summary>
    /// <returns>The number of events that are new.</returns>
    /// <exception cref="NpgsqlException">Nothing is stored.</exception>
    public async Task<int> AddAsync(Contract contract, WebhookEvents events, CancellationToken cancellationToken)
    {
        await Ledger.EnsureCreatedAsync(dataSource, cancellationToken);
        await using var command = dataSource.CreateCommand(
            """
            insert into ingestion.webhook_events (table_name, event_key, received_at, body)
            select $1, key, $2, body
            from unnest($3, $4) with ordinality as sent (key, body, number)
            order by number
            on conflict (table_name, event_key) do nothing
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = contract.Name });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. events.Keys] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. events.Bodies] });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
