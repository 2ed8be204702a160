using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Npgsql;

namespace Ingestion.Connectors.Postgres;

/// <summary>The rows that a load reads of a table, and the statements for them.</summary>
/// <param name="contract">The contract with its columns.</param>
/// <param name="columns">The table's columns, in order.</param>
/// <param name="range">The cursors to read, from the first to the second, exclusive; null for no end.</param>
internal sealed class PostgresTable(Contract contract, IReadOnlyList<(string Name, uint Type)> columns, (string? Since, string? Until) range)
{
    private readonly int[] _map = ColumnMap.Create(contract, [.. columns.Select(c => c.Name)], contract.Span);

    /// <summary>The fields as the server sends them.</summary>
    public IReadOnlyList<PostgresColumn> Fields { get; private set; } = [];

    /// <summary>The statement that sends the rows, in the order of the contract's fields.</summary>
    public string CopyCommand
    {
        get
        {
            var selected = Fields.Select((f, i) => Quoted(i) is { } quoted ? f.Select(quoted) : "null::text");
            return $"copy (select {string.Join(", ", selected)} {From}) to stdout (format binary)";
        }
    }

    private string From
    {
        get
        {
            var from = $"from {PostgresConnector.QuotedTable(contract)}";
            if (range.Since is null)
                return from;

            var cursor = contract.Fields.Index().First(f => f.Item.Name == contract.Cursor);
            var column = Quoted(cursor.Index);
            var type = cursor.Item.Type.Name;
            var end = range.Until is { } until ? $" and {column} < {SqlLiteral.Of(until)}::{type}" : "";
            return $"{from} where {column} >= {SqlLiteral.Of(range.Since)}::{type}{end}";
        }
    }

    /// <summary>Counts and hashes the rows, and decides how each column is sent.</summary>
    /// <returns>The number of rows, and a hash of their texts that does not depend on their order.</returns>
    public async Task<(long Count, string Hash)> InspectAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var fields = _map.Select((column, i) => PostgresColumn.For(column < 0 ? 0 : columns[column].Type, contract.Fields[i], contract.Options)).ToList();
        var texts = fields.Select((_, i) => $"{Quoted(i) ?? "null"}::text");
        var beyond = fields.Select((f, i) => Quoted(i) is { } quoted ? f.Beyond(quoted) : null).OfType<string>().ToList();
        // the server sums the hashes of the rows, so that nothing is stored
        await using var command = new NpgsqlCommand(
            $"""
            select count(*), sum(hashtextextended(t.r, 0))::text, sum(hashtextextended(t.r, 1))::text, coalesce(bool_or(t.beyond), false)
            from (select row({string.Join(", ", texts)})::text as r, {(beyond.Count > 0 ? string.Join(" or ", beyond) : "false")} as beyond {From}) t
            """,
            connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var count = reader.GetInt64(0);
        var text = string.Create(CultureInfo.InvariantCulture, $"{count} {reader[1]} {reader[2]}");
        Fields = reader.GetBoolean(3) ? [.. fields.Select(f => f.Beyond("") is null ? f : f.AsText())] : fields;
        return (count, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    /// <summary>A field's column, quoted; null if the table does not have it.</summary>
    private string? Quoted(int field) => _map[field] < 0 ? null : SqlIdentifier.Quote(columns[_map[field]].Name);
}
