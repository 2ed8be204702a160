using Models.Project.Graph;
using Models.Runner.Database;
using Npgsql;

namespace Models.Runner.Docs;

/// <summary>Reads the server's catalog of the project's relations.</summary>
internal static class CatalogReader
{
    private const string Query =
        """
        select n.nspname, c.relname, c.relkind::text, pg_catalog.obj_description(c.oid, 'pg_class'), pg_catalog.pg_get_userbyid(c.relowner),
            a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnum, pg_catalog.col_description(c.oid, a.attnum)
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where n.nspname = any($1) and c.relkind in ('r', 'p', 'f', 'v', 'm')
        order by n.nspname, c.relname, a.attnum
        """;

    public static async Task<IReadOnlyList<CatalogTable>> ReadAsync(Session session, IReadOnlyList<RelationNode> nodes, CancellationToken cancellationToken)
    {
        var wanted = nodes.ToLookup(n => (n.Relation.Schema, n.Relation.Identifier));
        await using var command = new NpgsqlCommand(Query, await session.OpenAsync(cancellationToken))
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. nodes.Select(n => n.Relation.Schema).Distinct(StringComparer.Ordinal)] } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new Dictionary<(string, string), CatalogTable>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var name = (reader.GetString(0), reader.GetString(1));
            if (!wanted.Contains(name))
                continue;

            if (!tables.TryGetValue(name, out var table))
            {
                table = new CatalogTable([.. wanted[name]], Kind(reader.GetString(2)), Text(reader, 3), reader.GetString(4), []);
                tables[name] = table;
            }

            table.Columns.Add(new CatalogColumn(reader.GetString(5), reader.GetString(6), reader.GetInt16(7), Text(reader, 8)));
        }

        return [.. tables.Values];
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static string Kind(string relkind) => relkind switch
    {
        "v" => "VIEW",
        "m" => "MATERIALIZED VIEW",
        "f" => "FOREIGN TABLE",
        _ => "BASE TABLE",
    };
}
