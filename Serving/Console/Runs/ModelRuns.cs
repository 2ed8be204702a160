using Npgsql;
using Serving.Console.Reads;

namespace Serving.Console.Runs;

/// <summary>Reads the runs of the models of this target, which the run engine writes.</summary>
internal sealed class ModelRuns(WarehouseReader warehouse)
{
    private const string SelectRuns =
        """
        select r.invocation_id, r.project, r.verb, r.started_at, r.elapsed, r.success, r.cancelled, nodes.total, nodes.failed
        from leadline.runs r
        cross join lateral (
            select count(*) as total, count(*) filter (where n.status in ('error', 'fail', 'partial success')) as failed
            from leadline.node_results n where n.invocation_id = r.invocation_id
        ) as nodes
        """;

    public Task<Reading<IReadOnlyList<ModelRun>>> ListAsync(int count, CancellationToken cancellationToken) => warehouse.TryAsync(
        token => warehouse.ListAsync($"{SelectRuns} where r.target_schema = $1 order by r.started_at desc limit $2", Read, token, warehouse.Target, count),
        cancellationToken);

    public Task<Reading<ModelRun?>> FindAsync(Guid id, CancellationToken cancellationToken) => warehouse.TryAsync(
        async token => (await warehouse.ListAsync($"{SelectRuns} where r.invocation_id = $1", Read, token, id)).SingleOrDefault(), cancellationToken);

    /// <summary>The nodes in the order in which they began, each with the median of its last twenty good runs before.</summary>
    public Task<Reading<IReadOnlyList<NodeRun>>> NodesAsync(Guid run, CancellationToken cancellationToken) => warehouse.TryAsync(
        token => warehouse.ListAsync(
            """
            select n.unique_id, n.resource_type, n.status, n.message, n.started_at, n.elapsed, n.rows_affected, n.failures, usual.median
            from leadline.node_results n
            left join lateral (
                select percentile_cont(0.5) within group (order by before.elapsed) as median
                from (
                    select o.elapsed
                    from leadline.node_results o
                    join leadline.runs r on r.invocation_id = o.invocation_id and r.target_schema = $2
                    where o.unique_id = n.unique_id and o.started_at < n.started_at and o.status in ('success', 'pass')
                    order by o.started_at desc
                    limit 20
                ) as before
            ) as usual on true
            where n.invocation_id = $1
            order by n.started_at, n.unique_id
            """,
            reader => new NodeRun(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.Text(3),
                reader.GetFieldValue<DateTimeOffset>(4),
                reader.GetFieldValue<TimeSpan>(5),
                reader.Number(6),
                reader.Number(7),
                reader.IsDBNull(8) ? null : reader.GetFieldValue<TimeSpan>(8)),
            token, run, warehouse.Target),
        cancellationToken);

    private static ModelRun Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetFieldValue<DateTimeOffset>(3),
        reader.GetFieldValue<TimeSpan>(4),
        reader.GetBoolean(5),
        reader.GetBoolean(6),
        reader.GetInt64(7),
        reader.GetInt64(8));
}
