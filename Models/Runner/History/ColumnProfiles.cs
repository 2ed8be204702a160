using Models.Jinja.Rendering;
using Models.Project.Graph;
using Npgsql;

namespace Models.Runner.History;

/// <summary>Null share, distinct values, least and greatest value of each column of what a run built, for relations that ask for it.</summary>
internal static class ColumnProfiles
{
    // a query's list has at most 1,664 entries; a column takes four
    private const int ColumnsAtOnce = 100;

    private const string ColumnsQuery =
        """
        select a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), t.typcategory in ('N', 'D', 'S', 'T')
        from pg_catalog.pg_attribute a
        join pg_catalog.pg_type t on t.oid = a.atttypid
        where a.attrelid = pg_catalog.to_regclass($1) and a.attnum > 0 and not a.attisdropped
        order by a.attnum
        """;

    /// <param name="connection">To the target, with the run kept already.</param>
    /// <param name="summary">The run.</param>
    /// <param name="all">True to profile everything the run built, false for what has <c>meta: {leadline: {profile: true}}</c>.</param>
    public static async Task WriteAsync(NpgsqlConnection connection, RunSummary summary, bool all, CancellationToken cancellationToken)
    {
        foreach (var node in summary.Results.Where(r => r.Status == NodeStatus.Success).Select(r => r.Node).OfType<RelationNode>())
        {
            if (node is TestNode || !(all || IsAsked(node)))
                continue;

            foreach (var columns in (await ColumnsAsync(connection, node.Relation.QuotedName, cancellationToken)).Chunk(ColumnsAtOnce))
            {
                await using var command = new NpgsqlCommand(Query(node.Relation.QuotedName, columns), connection)
                {
                    Parameters = { new() { Value = summary.InvocationId }, new() { Value = node.UniqueId }, new() { Value = node.Relation.QuotedName } },
                };
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    private static bool IsAsked(Node node) =>
        node.Meta.TryGetValue("leadline", out var ours) && ours is JinjaDict settings && settings.TryGetValue("profile", out var asked) && asked is true;

    private static async Task<IReadOnlyList<(
        string Name, string Type, bool IsOrdered)>> ColumnsAsync(NpgsqlConnection connection, string relation, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ColumnsQuery, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = relation } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = new List<(string, string, bool)>();
        while (await reader.ReadAsync(cancellationToken))
            columns.Add((reader.GetString(0), reader.GetString(1), reader.GetBoolean(2)));

        return columns;
    }

    private static string Query(string relation, (string Name, string Type, bool IsOrdered)[] columns)
    {
        // not every type can be compared (json) or has a least value (uuid, boolean); every one has a text
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
