using Models.Project.Graph;
using Npgsql;

namespace Models.Runner.Database;

/// <summary>A column as the server has it.</summary>
/// <param name="Name">Its name, unquoted.</param>
/// <param name="Type">The server's spelling with modifiers.</param>
internal sealed record TableColumn(string Name, string Type);

internal static class TableColumns
{
    private const string Query =
        """
        select attname, pg_catalog.format_type(atttypid, atttypmod)
        from pg_catalog.pg_attribute
        where attrelid = pg_catalog.to_regclass($1) and attnum > 0 and not attisdropped
        order by attnum
        """;

    /// <param name="session">The connection, with its open transaction if it has one.</param>
    /// <param name="relation">A quoted name.</param>
    public static async Task<IReadOnlyList<TableColumn>> ReadAsync(Session session, string relation, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Query, await session.OpenAsync(cancellationToken))
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = relation } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = new List<TableColumn>();
        while (await reader.ReadAsync(cancellationToken))
            columns.Add(new(reader.GetString(0), reader.GetString(1)));

        return columns;
    }

    /// <summary>Makes room for longer texts, where a column's declared length is smaller than what comes.</summary>
    public static IEnumerable<Statement> Widen(string table, IReadOnlyList<TableColumn> source, IReadOnlyList<TableColumn> target)
    {
        foreach (var column in source)
        {
            if (target.FirstOrDefault(t => t.Name == column.Name) is { } now && Length(now.Type) is { } has && Length(column.Type) is { } needs && needs > has)
                yield return $"alter table {table} alter column {Relation.Quote(column.Name)} type {column.Type}";
        }
    }

    private static int? Length(string type)
    {
        const string prefix = "character varying(";
        return type.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(type.AsSpan(prefix.Length, type.Length - prefix.Length - 1), out var length)
            ? length
            : null;
    }
}
