using Models.Database.Sessions;
using Npgsql;

namespace Models.Database.History;

/// <summary>How many rows each relation has after a run built it.</summary>
public static class RowCounts
{
    private const string Insert = "insert into leadline.row_counts (invocation_id, unique_id, relation, row_count)";

    /// <summary>Counts and keeps, for a run that is kept already, in one transaction.</summary>
    public static async Task WriteAsync(Session session, Guid invocationId, IReadOnlyList<BuiltRelation> built, CancellationToken cancellationToken)
    {
        var known = built.Where(r => r.Rows is not null).ToList();
        await using var batch = new NpgsqlBatch(await session.ConnectedAsync(cancellationToken));
        if (known.Count > 0)
        {
            batch.BatchCommands.Add(HistoryWriter.Command(
                $"{Insert} select $1, * from unnest($2, $3, $4)",
                invocationId,
                known.Select(r => r.UniqueId).ToArray(),
                known.Select(r => r.Name).ToArray(),
                known.Select(r => r.Rows!.Value).ToArray()));
        }

        foreach (var relation in await ExistingAsync(session, [.. built.Where(r => r.Rows is null)], cancellationToken))
            batch.BatchCommands.Add(
                HistoryWriter.Command($"{Insert} select $1, $2, $3, count(*) from {relation.Name}", invocationId, relation.UniqueId, relation.Name));

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    // a custom materialization may create no relation
    private static async Task<IReadOnlyList<BuiltRelation>> ExistingAsync(
        Session session, IReadOnlyList<BuiltRelation> relations, CancellationToken cancellationToken)
    {
        if (relations.Count == 0)
            return [];

        string[] names = [.. relations.Select(r => r.Name)];
        var exists = (bool[])(await session.ReadValueAsync(
            "select array_agg(pg_catalog.to_regclass(name) is not null order by place) from unnest($1) with ordinality as r (name, place)",
            [names],
            cancellationToken))!;
        return [.. relations.Where((_, i) => exists[i])];
    }
}
