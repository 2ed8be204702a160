using Ingestion.Connectors.Database;
using Ingestion.Connectors.Values;
using Ingestion.Loading.Sync;
using Ingestion.Loading.Tables;
using Models.Contracts;
using Npgsql;

namespace Ingestion.Loading.Replication;

/// <summary>
/// Copies changes into a temporary table, in their order, and applies them to the raw table at the end: of several changes of a row the last one
/// counts.
/// </summary>
internal sealed class StagedChanges(Contract contract, RawTable table, DateTime processingTime)
{
    private const string Name = "pg_temp.leadline_changes";
    private const string Key = MetadataColumns.EntityId;
    private const string UpsertKind = "u";
    private const string DeleteKind = "d";
    private const string TruncateKind = "t";

    private readonly StagedRows _rows = new(contract, table, state: null, processingTime);
    private readonly string[] _columns = [.. contract.Fields.Select(f => SqlIdentifier.Quote(f.Name)), .. MetadataColumns.All.Select(c => c.Name)];
    private readonly FieldValue[] _nothing = [.. contract.Fields.Select(_ => new FieldValue { IsNull = true })];

    public string CopyCommand => $"copy {Name} (kind, unchanged, old_key, {string.Join(", ", _columns)}) from stdin (format binary)";

    /// <summary>The number of values of a staged row.</summary>
    public int Values => _columns.Length + 3;

    public async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            connection,
            $"""
            create temporary table leadline_changes on commit drop as
            select null::text as kind, null::text as unchanged, null::text as old_key, {string.Join(", ", _columns)} from {table.QuotedName} with no data
            """,
            cancellationToken);
        await _rows.PrepareAsync(connection, cancellationToken);
    }

    /// <summary>Writes the first three values of a row; the row's other values follow (<see cref="Records.RowWriter"/>).</summary>
    public static void WriteStart(BinaryCopy copy, TableChange change, string? oldKey)
    {
        copy.Write(change.Kind switch { ChangeKind.Upsert => UpsertKind, ChangeKind.Delete => DeleteKind, _ => TruncateKind });
        WriteOptional(copy, change.Unchanged is null ? null : Marks(change.Unchanged));
        WriteOptional(copy, oldKey);
    }

    /// <summary>The values of a deletion or truncation.</summary>
    public ReadOnlySpan<FieldValue> Nothing => _nothing;

    /// <summary>Applies the copied changes.</summary>
    public async Task<SyncCounts> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var line = MetadataColumns.SourceLine;
        var deleted = 0L;
        if (await ScalarAsync(connection, $"select max({line}) from {Name} where kind = '{TruncateKind}'", cancellationToken) is long truncated)
        {
            deleted += await ExecuteAsync(connection, $"delete from {table.QuotedName}", cancellationToken);
            await ExecuteAsync(connection, $"delete from {Name} where {line} <= {truncated}", cancellationToken);
        }

        await ExecuteAsync(connection, $"create index on {Name} ({Key}, {line}); analyze {Name}", cancellationToken);
        await FillUnchangedAsync(connection, cancellationToken);
        await ExecuteAsync(
            connection,
            $"delete from {Name} c where exists (select from {Name} n where n.{Key} = c.{Key} and n.{line} > c.{line})", cancellationToken);
        deleted += await ExecuteAsync(
            connection, $"delete from {table.QuotedName} t using {Name} c where c.kind = '{DeleteKind}' and t.{Key} = c.{Key}", cancellationToken);
        var columns = string.Join(", ", _columns);
        await ExecuteAsync(
            connection, $"insert into {_rows.QuotedName} ({columns}) select {columns} from {Name} where kind = '{UpsertKind}'", cancellationToken);
        return await _rows.ApplyAsync(connection, copied: 0, isWhole: false, cancellationToken) with { Deleted = deleted };
    }

    /// <summary>Takes values that the server did not send from the change before, or from the raw table.</summary>
    private async Task FillUnchangedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await ScalarAsync(connection, $"select exists (select from {Name} where unchanged is not null)", cancellationToken) is not true)
            return;

        var line = MetadataColumns.SourceLine;
        for (var i = 0; i < contract.Fields.Count; i++)
        {
            var column = SqlIdentifier.Quote(contract.Fields[i].Name);
            var mark = $"'%{Mark(i)}%'";
            await ExecuteAsync(
                connection,
                $"""
                update {Name} c
                set {column} = coalesce(
                    (select p.{column} from {Name} p
                     where p.{Key} = coalesce(c.old_key, c.{Key}) and p.{line} < c.{line} and p.kind = '{UpsertKind}'
                         and (p.unchanged is null or p.unchanged not like {mark})
                     order by p.{line} desc limit 1),
                    (select t.{column} from {table.QuotedName} t where t.{Key} = coalesce(c.old_key, c.{Key})))
                where c.unchanged like {mark}
                """,
                cancellationToken);
        }
    }

    private static string Marks(bool[] unchanged) => string.Concat(unchanged.Index().Where(u => u.Item).Select(u => Mark(u.Index)));

    private static string Mark(int field) => $"|{field}|";

    private static void WriteOptional(BinaryCopy copy, string? text)
    {
        if (text is null)
            copy.WriteNull();
        else
            copy.Write(text);
    }

    private static async Task<long> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
