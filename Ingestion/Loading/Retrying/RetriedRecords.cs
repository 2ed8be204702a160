using Ingestion.Loading.Records;
using Npgsql;

namespace Ingestion.Loading.Retrying;

/// <summary>Collects the retried records that still violate the contract. They stay in the quarantine, with their reason renewed.</summary>
internal sealed class RetriedRecords(StoredRecordReader reader) : IBadRecords
{
    private readonly List<(long Id, string? Field, string Reason)> _bad = [];

    public bool IsFull => false;

    public int Count => _bad.Count;

    public void Add(BadRecord record)
    {
        // a record that cannot be split into fields keeps its reason
        var reason = reader.Entry.Record is null ? reader.Entry.Reason : record.Reason.Replace('\0', '\uFFFD');
        _bad.Add((reader.Entry.Id, record.Field, reason));
    }

    /// <summary>Removes the accepted ones of these entries from the quarantine, and writes the reasons of the others.</summary>
    public async Task SaveAsync(NpgsqlConnection connection, IReadOnlyList<StoredEntry> entries, CancellationToken cancellationToken)
    {
        long[] bad = [.. _bad.Select(b => b.Id)];
        await using var command = new NpgsqlCommand(
            """
            with renewed as (
                update ingestion.quarantine q set field = b.field, reason = b.reason
                from unnest($1, $2, $3) b (id, field, reason)
                where q.quarantine_id = b.id)
            delete from ingestion.quarantine where quarantine_id = any ($4)
            """,
            connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = bad });
        command.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. _bad.Select(b => b.Field)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. _bad.Select(b => b.Reason)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. entries.Select(e => e.Id).Except(bad)] });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
