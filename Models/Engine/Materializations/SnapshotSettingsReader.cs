using Models.Database;
using Models.Database.Definitions;
using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>Reads a snapshot's configuration. Source: dbt's page on snapshot configurations.</summary>
internal static class SnapshotSettingsReader
{
    /// <exception cref="RunException">A setting is missing, or has a value that it cannot have.</exception>
    public static SnapshotSettings Read(SnapshotNode node)
    {
        var uniqueKey = ConfigValues.Strings(node.Config, "unique_key");
        if (uniqueKey.Count == 0)
            throw new RunException($"Snapshot '{node.Name}' has no unique_key: name the column, or columns, that tell one row from another.");

        var names = node.Config.TryGet("snapshot_meta_column_names", out var map) || node.Config.TryGet("snapshot_table_column_names", out map)
            ? ConfigValues.Map(map)
            : new Dictionary<string, object?>();
        var hardDeletes = node.Config.GetString("hard_deletes")
            ?? (node.Config.GetBoolean("invalidate_hard_deletes", otherwise: false) ? "invalidate" : "ignore");
        if (hardDeletes is not ("ignore" or "invalidate" or "new_record"))
            throw new RunException($"Snapshot '{node.Name}' has hard_deletes '{hardDeletes}'; it is ignore, invalidate or new_record.");

        var (updatedAt, checkColumns) = Strategy(node);
        return new SnapshotSettings
        {
            UniqueKey = uniqueKey,
            UpdatedAt = updatedAt,
            CheckColumns = checkColumns,
            ValidFrom = Name(names, "dbt_valid_from"),
            ValidTo = Name(names, "dbt_valid_to"),
            ScdId = Name(names, "dbt_scd_id"),
            UpdatedAtColumn = Name(names, "dbt_updated_at"),
            IsDeleted = Name(names, "dbt_is_deleted"),
            ValidToCurrent = node.Config.GetString("dbt_valid_to_current"),
            HardDeletes = hardDeletes,
        };
    }

    private static (string UpdatedAt, IReadOnlyList<string>? CheckColumns) Strategy(SnapshotNode node)
    {
        var updatedAt = node.Config.GetString("updated_at");
        switch (node.Config.GetString("strategy"))
        {
            case "timestamp":
                return (updatedAt ?? throw new RunException(
                    $"Snapshot '{node.Name}' has the timestamp strategy and no updated_at: name the column that says when a row changed."), null);

            case "check":
                var columns = ConfigValues.Strings(node.Config, "check_cols");
                if (columns.Count == 0)
                    throw new RunException($"Snapshot '{node.Name}' has the check strategy and no check_cols: list columns, or write all.");
                return (updatedAt ?? SnapshotSettings.Now, columns is ["all"] ? [] : columns);

            case var other:
                throw new RunException($"Snapshot '{node.Name}' has the strategy '{other ?? "none"}'; it is timestamp or check.");
        }
    }

    private static string Name(IReadOnlyDictionary<string, object?> names, string standard) =>
        names.GetValueOrDefault(standard)?.ToString() ?? standard;
}
