using System.Text;
using Models.Contracts;
using Models.Project.Graph;
using Npgsql;

namespace Models.Analysis;

/// <summary>Reads the created relations from PostgreSQL's catalog.</summary>
internal static class AnalysisCatalog
{
    private const string Columns =
        """
        select n.nspname::text, c.relname::text, c.oid, a.attname::text, format_type(a.atttypid, a.atttypmod),
          case
            when t.typtype = 'e' then 'enum'
            when t.typtype = 'c' then 'composite'
            when t.typtype = 'd' then format_type(t.typbasetype, null)
            when t.typcategory = 'A' and e.typtype = 'e' then 'enum[]'
            when t.typcategory = 'A' and e.typtype = 'c' then 'composite[]'
            when t.typcategory = 'A' and e.typtype = 'd' then format_type(e.typbasetype, null) || '[]'
            else format_type(t.oid, null)
          end
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_catalog.pg_type t on t.oid = a.atttypid
        left join pg_catalog.pg_type e on e.oid = t.typelem
        where (n.nspname, c.relname) in (
        """;

    /// <summary>Returns the existing relations among these names, with their columns in order.</summary>
    public static async Task<Dictionary<RelationKey, CatalogRelation>> ReadColumnsAsync(
        AnalysisDatabase database, IReadOnlyCollection<RelationKey> names, CancellationToken cancellationToken)
    {
        var found = new Dictionary<RelationKey, CatalogRelation>();
        if (names.Count == 0)
            return found;

        var sql = new StringBuilder(Columns);
        sql.AppendJoin(", ", names.Select(n => $"({SqlLiteral.Of(n.Schema)}, {SqlLiteral.Of(n.Identifier)})"));
        sql.Append(") order by c.oid, a.attnum");

        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql.ToString(), connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = new RelationKey(reader.GetString(0), reader.GetString(1));
            if (!found.TryGetValue(key, out var relation))
                found[key] = relation = new CatalogRelation(reader.GetFieldValue<uint>(2), []);

            relation.Columns.Add(new AnalysedColumn(reader.GetString(3), reader.GetString(4), reader.GetString(5)));
        }

        return found;
    }

    /// <summary>Passes the analysed query of each view as text to a callback, while streaming the result.</summary>
    public static async Task ReadTreesAsync(
        AnalysisDatabase database, IReadOnlyCollection<uint> views, Action<uint, string> found, CancellationToken cancellationToken)
    {
        if (views.Count == 0)
            return;

        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            $"select ev_class, ev_action::text from pg_catalog.pg_rewrite where ev_class in ({string.Join(',', views)})", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found(reader.GetFieldValue<uint>(0), reader.GetString(1));
    }
}

/// <summary>A relation of the analysis database.</summary>
internal sealed record CatalogRelation(uint ObjectId, List<AnalysedColumn> Columns);

/// <summary>A relation's name as the server stores it.</summary>
internal sealed record RelationKey(string Schema, string Identifier)
{
    public static RelationKey Of(Relation relation) => new(ServerName.Cut(relation.Schema), ServerName.Cut(relation.Identifier));

    public override string ToString() => $"{Relation.Quote(Schema)}.{Relation.Quote(Identifier)}";
}
