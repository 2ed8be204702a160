using System.Data.Common;
using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Database.Catalog;

/// <summary>Reads the server's catalog of the project's relations.</summary>
public static class CatalogTables
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
        string[] schemas = [.. nodes.Select(n => n.Relation.Schema).Distinct(StringComparer.Ordinal)];
        var tables = new Dictionary<(string, string), CatalogTable>();
        await session.ReadRowsAsync(Query, [schemas], row => Add(row, wanted, tables), cancellationToken);
        return [.. tables.Values];
    }

    private static bool Add(DbDataReader row, ILookup<(string, string), RelationNode> wanted, Dictionary<(string, string), CatalogTable> tables)
    {
        var name = (row.GetString(0), row.GetString(1));
        if (!wanted.Contains(name))
            return false;

        if (!tables.TryGetValue(name, out var table))
        {
            table = new CatalogTable([.. wanted[name]], Kind(row.GetString(2)), Text(row, 3), row.GetString(4), []);
            tables[name] = table;
        }

        table.Columns.Add(new CatalogColumn(row.GetString(5), row.GetString(6), row.GetInt16(7), Text(row, 8)));
        return true;
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static string Kind(string relkind) => relkind switch
    {
        "v" => "VIEW",
        "m" => "MATERIALIZED VIEW",
        "f" => "FOREIGN TABLE",
        _ => "BASE TABLE",
    };
}
