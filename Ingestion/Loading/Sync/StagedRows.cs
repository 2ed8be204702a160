using Ingestion.Connectors.Sources;
using Ingestion.Loading.Tables;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Ingestion.Loading.Sync;

/// <summary>Copies rows into a temporary table first. The server compares them with the raw table, with its own ordering of the cursor's type.</summary>
internal sealed class StagedRows : RowTarget
{
    private const string Key = MetadataColumns.EntityId;

    private readonly Contract _contract;
    private readonly RawTable _table;
    private readonly string? _since;
    private readonly DateTime _processingTime;
    private readonly string[] _columns;
    private readonly string _isChanged;
    private readonly bool _isRetry;

    /// <param name="contract">The contract with its columns.</param>
    /// <param name="table">The raw table.</param>
    /// <param name="state">The state of the stream before the load.</param>
    /// <param name="processingTime">The start of the load.</param>
    /// <param name="isRetry">True for records that were read before and are tried again, whose cursors may be smaller than the largest loaded one.</param>
    public StagedRows(Contract contract, RawTable table, StreamState? state, DateTime processingTime, bool isRetry = false)
    {
        _isRetry = isRetry;
        _contract = contract;
        _table = table;
        _since = state?.Cursor;
        _processingTime = processingTime;
        _columns = [.. contract.Fields.Select(f => SqlIdentifier.Quote(f.Name)), .. MetadataColumns.All.Select(c => c.Name)];
        // json has no equality operator
        var compared = contract.Fields.Select(f => (Name: SqlIdentifier.Quote(f.Name), Cast: f.Type.Kind == FieldKind.Json ? "::text" : "")).ToList();
        _isChanged =
            $"({string.Join(", ", compared.Select(c => $"s.{c.Name}{c.Cast}"))}) is distinct from " +
            $"({string.Join(", ", compared.Select(c => $"t.{c.Name}{c.Cast}"))})";
    }

    public override string QuotedName => "pg_temp.leadline_staged";

    /// <summary>The cursors to apply, from the first to the second, exclusive, regardless of the state; null for those that the state lacks.</summary>
    public (string From, string To)? Range { get; init; }

    private string Columns => string.Join(", ", _columns);

    private string StagedColumns => string.Join(", ", _columns.Select(c => $"s.{c}"));

    private string Cursor => SqlIdentifier.Quote(_contract.Cursor!);

    private string CursorType => _contract.Fields.First(f => f.Name == _contract.Cursor).Type.Name;

    private NpgsqlParameter Since => new() { Value = (object?)_since ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public override async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, $"drop table if exists {QuotedName}", cancellationToken);
        await ExecuteAsync(
            connection, $"create temporary table leadline_staged on commit drop as select {Columns} from {_table.QuotedName} with no data", cancellationToken);
        if (_contract.SyncMode.NeedsKey())
            await _table.EnsureUniqueAsync(
                connection, Key, _contract.SyncMode == SyncMode.Scd2 ? $"{MetadataColumns.ValidTo} is null" : null, cancellationToken);
    }

    public override async Task<SyncCounts> ApplyAsync(NpgsqlConnection connection, long copied, bool isWhole, CancellationToken cancellationToken)
    {
        if (Range is { } range)
            await KeepAsync(connection, range, cancellationToken);
        await ExecuteAsync(connection, $"analyze {QuotedName}", cancellationToken);
        if (_contract.SyncMode.NeedsWholeSource())
            await CheckKeysAsync(connection, cancellationToken);

        return _contract.SyncMode switch
        {
            SyncMode.IncrementalAppend =>
                new SyncCounts(await AppendAsync(connection, cancellationToken), 0, await ReadCursorAsync(connection, cancellationToken)),
            SyncMode.IncrementalDeduplicated =>
                new SyncCounts(await MergeNewestAsync(connection, cancellationToken), 0, await ReadCursorAsync(connection, cancellationToken)),
            SyncMode.SnapshotMerge => new SyncCounts(
                await MergeAsync(connection, QuotedName, "", cancellationToken), isWhole ? await DeleteGoneAsync(connection, cancellationToken) : 0),
            SyncMode.Scd2 => await AddVersionsAsync(connection, isWhole, cancellationToken),
            _ => throw new InvalidOperationException($"Rows are not staged in the mode {_contract.SyncMode}"),
        };
    }

    private Task KeepAsync(NpgsqlConnection connection, (string From, string To) range, CancellationToken cancellationToken) => ExecuteAsync(
        connection,
        $"delete from {QuotedName} where {Cursor} < $1::{CursorType} or {Cursor} >= $2::{CursorType}",
        cancellationToken,
        new NpgsqlParameter<string> { TypedValue = range.From },
        new NpgsqlParameter<string> { TypedValue = range.To });

    /// <summary>Appends rows after the cursor, and those at the cursor that did not exist when it was last read.</summary>
    private Task<long> AppendAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => _isRetry
        ? ExecuteAsync(
            connection,
            $"""
            insert into {_table.QuotedName} ({Columns})
            select {StagedColumns}
            from {QuotedName} s
            where not exists (select from {_table.QuotedName} t where t.{Cursor} = s.{Cursor} and t.{Key} = s.{Key})
            """,
            cancellationToken)
        : ExecuteAsync(
        connection,
        $"""
        insert into {_table.QuotedName} ({Columns})
        select {StagedColumns}
        from {QuotedName} s
        where $1 is null
            or s.{Cursor} > $1::{CursorType}
            or (s.{Cursor} = $1::{CursorType}
                and not exists (select from {_table.QuotedName} t where t.{Cursor} = $1::{CursorType} and t.{Key} = s.{Key}))
        """,
        cancellationToken,
        Since);

    private Task<long> MergeNewestAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var newest = $"(select distinct on ({Key}) * from {QuotedName} order by {Key}, {Cursor} desc, {MetadataColumns.SourceLine} desc)";
        return MergeAsync(connection, newest, $"and s.{Cursor} >= t.{Cursor}", cancellationToken);
    }

    private Task<long> MergeAsync(NpgsqlConnection connection, string source, string condition, CancellationToken cancellationToken) => ExecuteAsync(
        connection,
        $"""
        merge into {_table.QuotedName} t
        using {source} s on t.{Key} = s.{Key}
        when matched {condition} and {_isChanged} then update set {string.Join(", ", _columns.Select(c => $"{c} = s.{c}"))}
        when not matched then insert ({Columns}) values ({StagedColumns})
        """,
        cancellationToken);

    private Task<long> DeleteGoneAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, $"delete from {_table.QuotedName} t where not exists (select from {QuotedName} s where s.{Key} = t.{Key})", cancellationToken);

    private async Task<SyncCounts> AddVersionsAsync(NpgsqlConnection connection, bool isWhole, CancellationToken cancellationToken)
    {
        var isOpen = $"t.{MetadataColumns.ValidTo} is null";
        var close = $"update {_table.QuotedName} t set {MetadataColumns.ValidTo} = $1";
        var closed = await ExecuteAsync(
            connection, $"{close} from {QuotedName} s where t.{Key} = s.{Key} and {isOpen} and {_isChanged}", cancellationToken, Now());
        if (isWhole)
            closed += await ExecuteAsync(
                connection, $"{close} where {isOpen} and not exists (select from {QuotedName} s where s.{Key} = t.{Key})", cancellationToken, Now());

        var added = await ExecuteAsync(
            connection,
            $"""
            insert into {_table.QuotedName} ({Columns}, {MetadataColumns.ValidFrom})
            select {StagedColumns}, $1
            from {QuotedName} s
            where not exists (select from {_table.QuotedName} t where t.{Key} = s.{Key} and {isOpen})
            """,
            cancellationToken,
            Now());
        return new SyncCounts(added, closed);

        NpgsqlParameter Now() => new NpgsqlParameter<DateTime> { TypedValue = _processingTime };
    }

    /// <summary>Checks that a snapshot has one row per key; which of two rows is right is not guessed.</summary>
    private async Task CheckKeysAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select {Key}, min({MetadataColumns.SourceLine}), max({MetadataColumns.SourceLine}), min({MetadataColumns.SourceFile})
            from {QuotedName}
            group by {Key}
            having count(*) > 1
            order by 2
            limit 1
            """,
            connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (await reader.ReadAsync(cancellationToken))
            throw new DiagnosticException(
                IngestionDiagnostics.DuplicateKey(reader.GetString(3), reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), _contract.Span.File));
    }

    private async Task<string?> ReadCursorAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // as JSON, which has one time format regardless of settings
        await using var command = new NpgsqlCommand(
            $"select to_jsonb(max(c)) #>> '{{}}' from (select max({Cursor}) as c from {QuotedName} union all select $1::{CursorType}) " +
            $"cursors", connection) { CommandTimeout = 0 };
        command.Parameters.Add(Since);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }
}
