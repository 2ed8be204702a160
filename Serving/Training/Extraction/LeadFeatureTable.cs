using System.Runtime.CompilerServices;
using Npgsql;
using Serving.Scoring.Features;

namespace Serving.Training.Extraction;

/// <summary>Reads lead_features: all of it for training, one row for a request.</summary>
public static class LeadFeatureTable
{
    private const string DefaultTarget = "prod";

    private const string Columns = """
        contact_id, marketing_source, known_city, message_length, call_attempts, total_call_seconds, calls_over_30min,
        mean_call_seconds, calls_over_30min_share, is_customer
        """;

    public static async IAsyncEnumerable<LeadFeatures> ReadAsync(NpgsqlDataSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select {Columns} from {Relation(source)}");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return Row(reader);
    }

    public static async Task<LeadFeatures?> FindAsync(NpgsqlDataSource source, long contactId, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select {Columns} from {Relation(source)} where contact_id = $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = contactId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Row(reader) : null;
    }

    public static string Relation(NpgsqlDataSource source)
    {
        var target = new NpgsqlConnectionStringBuilder(source.ConnectionString).SearchPath is { Length: > 0 } path ? path : DefaultTarget;
        return $"\"{target.Replace("\"", "\"\"")}_features\".lead_features";
    }

    private static LeadFeatures Row(NpgsqlDataReader reader) => new()
    {
        ContactId = reader.GetInt64(0),
        MarketingSource = reader.GetString(1),
        KnownCity = reader.IsDBNull(2) ? null : reader.GetBoolean(2),
        MessageLength = reader.IsDBNull(3) ? null : reader.GetInt32(3),
        CallAttempts = reader.IsDBNull(4) ? null : reader.GetInt32(4),
        TotalCallSeconds = reader.IsDBNull(5) ? null : reader.GetDouble(5),
        CallsOver30Min = reader.IsDBNull(6) ? null : reader.GetInt32(6),
        MeanCallSeconds = reader.IsDBNull(7) ? null : reader.GetDouble(7),
        CallsOver30MinShare = reader.IsDBNull(8) ? null : reader.GetDouble(8),
        IsCustomer = reader.GetBoolean(9),
    };
}
