using Models.Database;
using Models.Project.Graph;

namespace Models.Runner.Materializations;

/// <summary>A snapshot's configuration. Source: dbt's page on snapshot configurations.</summary>
internal sealed record SnapshotSettings
{
    /// <summary>The time of a check, without a zone, the same for the whole transaction.</summary>
    public const string Now = "now()::timestamp without time zone";

    private SnapshotSettings(SnapshotNode node)
    {
        UniqueKey = ConfigValues.Strings(node.Config, "unique_key");
        if (UniqueKey.Count == 0)
            throw new RunException($"Snapshot '{node.Name}' has no unique_key: name the column, or columns, that tell one row from another.");

        var names = node.Config.TryGet("snapshot_meta_column_names", out var map) || node.Config.TryGet("snapshot_table_column_names", out map)
            ? ConfigValues.Map(map)
            : new Dictionary<string, object?>();
        ValidFrom = Name(names, "dbt_valid_from");
        ValidTo = Name(names, "dbt_valid_to");
        ScdId = Name(names, "dbt_scd_id");
        UpdatedAtColumn = Name(names, "dbt_updated_at");
        IsDeleted = Name(names, "dbt_is_deleted");
        ValidToCurrent = node.Config.GetString("dbt_valid_to_current");
        HardDeletes = node.Config.GetString("hard_deletes")
            ?? (node.Config.GetBoolean("invalidate_hard_deletes", otherwise: false) ? "invalidate" : "ignore");
        if (HardDeletes is not ("ignore" or "invalidate" or "new_record"))
            throw new RunException($"Snapshot '{node.Name}' has hard_deletes '{HardDeletes}'; it is ignore, invalidate or new_record.");

        (UpdatedAt, CheckColumns) = Strategy(node);
    }

    public IReadOnlyList<string> UniqueKey { get; }

    /// <summary>When a row changed, as an expression over the snapshot's query.</summary>
    public string UpdatedAt { get; }

    /// <summary>Columns whose change makes a new version; null where the time decides, empty where every column is looked at.</summary>
    public IReadOnlyList<string>? CheckColumns { get; }

    public string ValidFrom { get; }

    public string ValidTo { get; }

    public string ScdId { get; }

    public string UpdatedAtColumn { get; }

    public string IsDeleted { get; }

    /// <summary>What stands in <see cref="ValidTo"/> of a version in force; null where that is null.</summary>
    public string? ValidToCurrent { get; }

    public string HardDeletes { get; }

    public bool RecordsDeletes => HardDeletes == "new_record";

    public static SnapshotSettings Read(SnapshotNode node) => new(node);

    /// <summary>The condition that a version is in force.</summary>
    public string IsCurrent(string prefix) =>
        ValidToCurrent is null ? $"{prefix}{ValidTo} is null" : $"({prefix}{ValidTo} = {ValidToCurrent} or {prefix}{ValidTo} is null)";

    /// <summary>What <see cref="ValidTo"/> of a new version is, typed as <paramref name="updatedAt"/> is.</summary>
    public string NewValidTo(string updatedAt) => $"coalesce(nullif({updatedAt}, {updatedAt}), {ValidToCurrent ?? "null"})";

    /// <summary>The identity of a version: a hash of its key and time. Source: dbt's page on snapshot meta-fields.</summary>
    public static string Hash(IEnumerable<string> parts) =>
        $"md5({string.Join(" || '|' || ", parts.Select(p => $"coalesce(cast({p} as varchar), '')"))})";

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
                return (updatedAt ?? Now, columns is ["all"] ? [] : columns);

            case var other:
                throw new RunException($"Snapshot '{node.Name}' has the strategy '{other ?? "none"}'; it is timestamp or check.");
        }
    }

    private static string Name(IReadOnlyDictionary<string, object?> names, string standard) =>
        names.GetValueOrDefault(standard)?.ToString() ?? standard;
}
