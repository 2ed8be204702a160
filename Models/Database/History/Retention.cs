using Models.Database.Sessions;

namespace Models.Database.History;

/// <summary>Deletes the history that is older than the project keeps.</summary>
public static class Retention
{
    private const string IsAnythingOld =
        "select exists (select from leadline.runs where target_schema = $1 and started_at < now() - make_interval(days => $2))";

    // one statement deletes runs and everything that references them: foreign keys are checked at its end
    private const string Delete =
        """
        with old as materialized (
            select invocation_id from leadline.runs where target_schema = $1 and started_at < now() - make_interval(days => $2)),
        measured as (delete from leadline.measurements where target_schema = $1 and measured_at < now() - make_interval(days => $2)),
        profiled as (delete from leadline.column_profiles as kept using old where kept.invocation_id = old.invocation_id),
        counted as (delete from leadline.row_counts as kept using old where kept.invocation_id = old.invocation_id),
        tested as (delete from leadline.test_results as kept using old where kept.invocation_id = old.invocation_id),
        nodes as (delete from leadline.node_results as kept using old where kept.invocation_id = old.invocation_id)
        delete from leadline.runs as kept using old where kept.invocation_id = old.invocation_id
        """;

    /// <param name="session">The session.</param>
    /// <param name="targetSchema">The target schema whose runs are meant; other targets of the database keep theirs.</param>
    /// <param name="days">How many days are kept; 0 keeps everything.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task ApplyAsync(Session session, string targetSchema, int days, CancellationToken cancellationToken)
    {
        if (days > 0 && await session.ReadValueAsync(IsAnythingOld, [targetSchema, days], cancellationToken) is true)
            await session.ReadValueAsync(Delete, [targetSchema, days], cancellationToken);
    }
}
