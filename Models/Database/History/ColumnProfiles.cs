using Models.Contracts;
using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Database.History;

/// <summary>Null share, distinct values, least and greatest value of each column of relations that a run built.</summary>
public static class ColumnProfiles
{
    // a select list has at most 1,664 entries, and each column needs four
    private const int ColumnsAtOnce = 100;

    private const string ColumnsQuery =
        """
        select a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), t.typcategory in ('N', 'D', 'S', 'T')
        from pg_catalog.pg_attribute a
        join pg_catalog.pg_type t on t.oid = a.atttypid
        where a.attrelid = pg_catalog.to_regclass($1) and a.attnum > 0 and not a.attisdropped
        order by a.attnum
        """;

    /// <summary>Measures and keeps, for a run that is kept already.</summary>
    public static async Task WriteAsync(Session session, Guid invocationId, IEnumerable<BuiltRelation> relations, CancellationToken cancellationToken)
    {
        foreach (var relation in relations)
        {
            foreach (var columns in (await ColumnsAsync(session, relation.Name, cancellationToken)).Chunk(ColumnsAtOnce))
                await session.ReadValueAsync(Query(relation.Name, columns), [invocationId, relation.UniqueId, relation.Name], cancellationToken);
        }
    }

    private static Task<IReadOnlyList<(string Name, string Type, bool IsOrdered)>> ColumnsAsync(
        Session session, string relation, CancellationToken cancellationToken) =>
        session.ReadRowsAsync(ColumnsQuery, [relation], row => (row.GetString(0), row.GetString(1), row.GetBoolean(2)), cancellationToken);

    private static string Query(string relation, (string Name, string Type, bool IsOrdered)[] columns)
    {
        // not every type can be compared (json) or has min() (uuid, boolean), but each can be cast to text
        var measures = columns.Select((c, i) =>
        {
            var name = Relation.Quote(c.Name);
            return c.IsOrdered
                ? $"count({name}) as filled{i}, count(distinct {name}) as distinct{i}, min({name})::text as least{i}, max({name})::text as greatest{i}"
                : $"count({name}) as filled{i}, count(distinct {name}::text) as distinct{i}, null::text as least{i}, null::text as greatest{i}";
        });
        var rows = columns.Select((c, i) =>
            $"({SqlLiteral.Of(c.Name)}, {SqlLiteral.Of(c.Type)}, p.rows, 1 - p.filled{i}::double precision / nullif(p.rows, 0), p.distinct{i}, " +
            $"left(p.least{i}, 200), left(p.greatest{i}, 200))");
        return $"""
            insert into leadline.column_profiles (
                invocation_id, unique_id, relation, column_name, data_type, row_count, null_share, distinct_count, minimum, maximum)
            select $1, $2, $3, c.*
            from (select count(*) as rows, {string.Join(",\n  ", measures)} from {relation}) as p
            cross join lateral (values
              {string.Join(",\n  ", rows)}
            ) as c
            """;
    }
}
