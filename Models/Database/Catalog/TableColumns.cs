using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Database.Catalog;

/// <summary>A column as the server has it.</summary>
/// <param name="Name">Its name, unquoted.</param>
/// <param name="Type">The server's spelling with modifiers.</param>
public sealed record TableColumn(string Name, string Type);

public static class TableColumns
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
    public static Task<IReadOnlyList<TableColumn>> ReadAsync(Session session, string relation, CancellationToken cancellationToken) =>
        session.ReadRowsAsync(Query, [relation], row => new TableColumn(row.GetString(0), row.GetString(1)), cancellationToken);

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
