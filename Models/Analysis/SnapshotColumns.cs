using Models.Project.Graph;

namespace Models.Analysis;

/// <summary>
/// The columns that a snapshot adds to its query. Source: dbt documentation, Snapshots, "Snapshot meta-fields". With the timestamp strategy they have
/// the type of <c>updated_at</c>, with the check strategy <c>timestamp without time zone</c>.
/// </summary>
internal static class SnapshotColumns
{
    public static string Of(SnapshotNode snapshot)
    {
        var time = "localtimestamp";
        if (snapshot.Config.GetString("strategy") == "timestamp" && snapshot.Config.GetString("updated_at") is { Length: > 0 } updatedAt)
            time = updatedAt;

        var columns = $"md5('')::text as {Name(snapshot, "dbt_scd_id")}, {time} as {Name(snapshot, "dbt_updated_at")}, "
            + $"{time} as {Name(snapshot, "dbt_valid_from")}, nullif({time}, {time}) as {Name(snapshot, "dbt_valid_to")}";
        return snapshot.Config.GetString("hard_deletes") == "new_record"
            ? $"{columns}, 'False'::text as {Name(snapshot, "dbt_is_deleted")}"
            : columns;
    }

    private static string Name(SnapshotNode snapshot, string column)
    {
        snapshot.Config.TryGet("snapshot_meta_column_names", out var names);
        return Relation.Quote(MappingValue.Value(names, column) is string { Length: > 0 } name ? name : column);
    }
}
