using System.Collections;
using System.Data.Common;
using System.Globalization;
using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Rendering.Connections;
using Npgsql;

namespace Models.Database.Adapters;

/// <summary>
/// A PostgreSQL database seen through one open connection, for one rendering at a time. The caller owns the connection and its
/// transaction.
/// </summary>
public class PostgresConnection(NpgsqlConnection connection) : IAdapterConnection
{
    private const string RelationsOfSchema =
        """
        select c.relname, case c.relkind when 'v' then 'view' when 'm' then 'materialized_view' else 'table' end
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where n.nspname = $1 and c.relkind in ('r', 'p', 'f', 'v', 'm')
        order by c.relname
        """;

    private const string ColumnsOfRelation =
        """
        select a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)
        from pg_catalog.pg_attribute a
        join pg_catalog.pg_class c on c.oid = a.attrelid
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped
        order by a.attnum
        """;

    /// <inheritdoc/>
    public virtual QueryResult Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var result = QueryResult.Empty;
        do
        {
            if (reader.FieldCount > 0)
                result = Read(reader);
            else if (result.Columns.Count > 0)
                result = QueryResult.Empty;
        }
        while (reader.NextResult());

        return result with { Status = Status(reader) };
    }

    /// <inheritdoc/>
    public string? DescribeRefusal(DbException failure) => Describe(failure);

    internal static string? Describe(DbException failure) => failure is not PostgresException refused ? null
        : refused.Hint is { Length: > 0 } hint ? $"{refused.MessageText} ({hint})"
        : refused.MessageText;

    /// <summary>Runs one query in a transaction of its own that can change nothing, and cannot be ended by the query's text.</summary>
    /// <exception cref="PostgresException">The query is refused, also because it would change something or the text has several statements.</exception>
    public QueryResult Query(string sql)
    {
        // the driver sends the text of a batch command as one statement, so the server refuses a text with several commands
        using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("begin read only"), new(sql) } };
        try
        {
            using var reader = batch.ExecuteReader();
            var result = QueryResult.Empty;
            do
            {
                if (reader.FieldCount > 0)
                    result = Read(reader);
            }
            while (reader.NextResult());

            return result;
        }
        finally
        {
            if (connection.FullState == System.Data.ConnectionState.Open)
            {
                using var rollback = new NpgsqlCommand("rollback", connection);
                rollback.ExecuteNonQuery();
            }
        }
    }

    /// <inheritdoc/>
    public virtual IReadOnlyList<AdapterRelation> ListRelations(string schema)
    {
        using var command = new NpgsqlCommand(RelationsOfSchema, connection) { Parameters = { new() { Value = schema } } };
        using var reader = command.ExecuteReader();
        var relations = new List<AdapterRelation>();
        while (reader.Read())
            relations.Add(new(new Relation(connection.Database, schema, reader.GetString(0)), reader.GetString(1)));

        return relations;
    }

    /// <inheritdoc/>
    public virtual IReadOnlyList<AdapterColumn> ListColumns(Relation relation)
    {
        using var command = new NpgsqlCommand(ColumnsOfRelation, connection)
        {
            Parameters = { new() { Value = relation.Schema }, new() { Value = relation.Identifier } },
        };
        using var reader = command.ExecuteReader();
        var columns = new List<AdapterColumn>();
        while (reader.Read())
            columns.Add(new(reader.GetString(0), reader.GetString(1)));

        return columns;
    }

    private static QueryResult Read(NpgsqlDataReader reader)
    {
        var columns = new string[reader.FieldCount];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = reader.GetName(i);

        var rows = new List<IReadOnlyList<object?>>();
        while (reader.Read())
        {
            var row = new object?[columns.Length];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : ToTemplateValue(reader.GetValue(i));

            rows.Add(row);
        }

        return new QueryResult(columns, rows, "");
    }

    /// <summary>Integers of any width become long and both float widths double, as templates know one of each.</summary>
    private static object? ToTemplateValue(object? value) => value switch
    {
        null or DBNull => null,
        short or int or uint or ushort or byte => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        float number => (double)number,
        char letter => letter.ToString(),
        Guid id => id.ToString(),
        byte[] => value,
        // dbt's tables hold arrays as JSON text
        Array items => JsonText.Write(List(items, []), indent: null, sortKeys: false),
        IList items => JsonText.Write(List(items), indent: null, sortKeys: false),
        _ => value,
    };

    private static JinjaList List(IEnumerable items) =>
        new(items.Cast<object?>().Select(item => item is Array inner ? List(inner, []) : ToTemplateValue(item)));

    /// <summary>An array of several dimensions as lists in lists.</summary>
    /// <param name="items">The array.</param>
    /// <param name="at">The indices of the part that becomes the list.</param>
    private static JinjaList List(Array items, int[] at) => new(Enumerable.Range(0, items.GetLength(at.Length)).Select(i =>
        at.Length + 1 < items.Rank ? List(items, [.. at, i])
        : items.GetValue([.. at, i]) is Array inner ? List(inner, [])
        : ToTemplateValue(items.GetValue([.. at, i]))));

    /// <summary>
    /// The command tag of the last statement as far as the driver tells it: <c>SELECT 3</c> for rows and for a table made of them,
    /// <c>INSERT 0 3</c>, <c>UPDATE 3</c>; <c>OK</c> for a definition.
    /// </summary>
    // NpgsqlBatch needs separate statements, but a template gives one text; only Npgsql's own list has its statements
#pragma warning disable CS0618
    private static string Status(NpgsqlDataReader reader) => reader.Statements is [.., var last]
        ? last.StatementType switch
        {
            StatementType.Select or StatementType.CreateTableAs => $"SELECT {last.Rows}",
            StatementType.Insert => $"INSERT 0 {last.Rows}",
            StatementType.Update => $"UPDATE {last.Rows}",
            StatementType.Delete => $"DELETE {last.Rows}",
            StatementType.Merge => $"MERGE {last.Rows}",
            _ => "OK",
        }
        : "OK";
#pragma warning restore CS0618
}
