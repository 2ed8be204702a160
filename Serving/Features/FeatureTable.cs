using System.Runtime.CompilerServices;
using Npgsql;
using Serving.Scoring.Features;

namespace Serving.Features;

/// <summary>
/// Reads the rows of a declared prediction's model. Training and the API read through it, so that an entity is seen alike by both. What
/// Npgsql throws is passed on. What is read by key is prepared once a connection; a statement that a rebuilt table no longer fits fails once
/// (SQLSTATE 0A000) and is prepared anew.
/// </summary>
public sealed class FeatureTable
{
    private readonly NpgsqlDataSource _source;
    private readonly RowReader _reader;
    private readonly string _select;
    private readonly string _byKey;
    private readonly string _byKeys;

    public FeatureTable(NpgsqlDataSource source, PredictionDeclaration declaration)
    {
        _source = source;
        Declaration = declaration;
        _reader = new RowReader(declaration);
        Relation = RelationName.Of(source, declaration.Target, declaration.Place);
        _select = $"select {string.Join(", ", _reader.Columns.Select(Selected))} from {Relation}";

        var entity = declaration.Entity;
        _byKey = $"{_select} where {string.Join(" and ", entity.Select((column, i) => $"{Quote(column.Name)} = ${i + 1}::{TypeOf(column)}"))}";
        _byKeys = entity is [var single]
            ? $"{_select} where {Quote(single.Name)} = any($1::{TypeOf(single)}[])"
            : $"{_select} where ({string.Join(", ", entity.Select(column => Quote(column.Name)))}) in (select * from unnest(" +
                $"{string.Join(", ", entity.Select((column, i) => $"${i + 1}::{TypeOf(column)}[]"))}))";
    }

    public PredictionDeclaration Declaration { get; }

    /// <summary>The quoted name of the table, in the schema below the one that the connection's Search Path names.</summary>
    public string Relation { get; }

    /// <summary>One indexed row.</summary>
    /// <returns>Null where there is no such entity.</returns>
    /// <exception cref="InvalidCastException">A column has another type than declared.</exception>
    public async Task<FeatureRow?> FindAsync(EntityKey key, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(_byKey, connection);
        foreach (var value in key.Values)
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        await command.PrepareAsync(cancellationToken);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? _reader.Read(reader) : null;
    }

    /// <summary>The rows of several entities, in one round trip; an entity that is not there is left out.</summary>
    /// <exception cref="InvalidCastException">A column has another type than declared.</exception>
    public async Task<IReadOnlyDictionary<EntityKey, FeatureRow>> FindAsync(IReadOnlyCollection<EntityKey> keys, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<EntityKey, FeatureRow>(keys.Count);
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(_byKeys, connection);
        for (var i = 0; i < Declaration.Entity.Count; i++)
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. keys.Select(key => key.Values[i])] });
        await command.PrepareAsync(cancellationToken);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = _reader.Read(reader);
            rows[row.Entity] = row;
        }

        return rows;
    }

    /// <summary>Streams every row, in no particular order.</summary>
    /// <exception cref="InvalidCastException">A column has another type than declared.</exception>
    public async IAsyncEnumerable<FeatureRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(_select);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return _reader.Read(reader);
    }

    /// <summary>Streams rows in the order of their keys.</summary>
    /// <param name="after">Where to go on: the last key that was read; null for the beginning.</param>
    /// <param name="limit">How many rows at most; null for all.</param>
    /// <exception cref="InvalidCastException">A column has another type than declared.</exception>
    public async IAsyncEnumerable<FeatureRow> ReadPageAsync(
        EntityKey? after, long? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = string.Join(", ", Declaration.Entity.Select(column => Quote(column.Name)));
        var from = after is null ? "" : $" where ({key}) > ({string.Join(", ", Declaration.Entity.Select((column, i) => $"${i + 1}::{TypeOf(column)}"))})";
        await using var command = _source.CreateCommand($"{_select}{from} order by {key}{(limit is null ? "" : $" limit {limit}")}");
        foreach (var value in after?.Values ?? [])
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return _reader.Read(reader);
    }

    // the names of types come from the compiler, which knows a few of them
    private static string TypeOf(DeclaredColumn column) => column.Type is "name" or "character" ? "text" : column.Type;

    // a numeric may be NaN or larger than a decimal
    private static string Selected(DeclaredColumn column) => column.Type == "numeric" ? $"{Quote(column.Name)}::double precision" : Quote(column.Name);

    private static string Quote(string name) => RelationName.Quote(name);
}
