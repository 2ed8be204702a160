namespace Models.Database.Definitions;

/// <summary>A snapshot's configuration, and the expressions that follow from it. Source: dbt's page on snapshot configurations.</summary>
public sealed record SnapshotSettings
{
    /// <summary>The time of a check, without a zone, the same for the whole transaction.</summary>
    public const string Now = "now()::timestamp without time zone";

    public required IReadOnlyList<string> UniqueKey { get; init; }

    /// <summary>When a row changed, as an expression over the snapshot's query.</summary>
    public required string UpdatedAt { get; init; }

    /// <summary>Columns whose change makes a new version; null where the time decides, empty where every column is looked at.</summary>
    public required IReadOnlyList<string>? CheckColumns { get; init; }

    public required string ValidFrom { get; init; }

    public required string ValidTo { get; init; }

    public required string ScdId { get; init; }

    public required string UpdatedAtColumn { get; init; }

    public required string IsDeleted { get; init; }

    /// <summary>What stands in <see cref="ValidTo"/> of a version in force; null where that is null.</summary>
    public required string? ValidToCurrent { get; init; }

    public required string HardDeletes { get; init; }

    public bool RecordsDeletes => HardDeletes == "new_record";

    /// <summary>The condition that a version is in force.</summary>
    public string IsCurrent(string prefix) =>
        ValidToCurrent is null ? $"{prefix}{ValidTo} is null" : $"({prefix}{ValidTo} = {ValidToCurrent} or {prefix}{ValidTo} is null)";

    /// <summary>What <see cref="ValidTo"/> of a new version is, typed as <paramref name="updatedAt"/> is.</summary>
    public string NewValidTo(string updatedAt) => $"coalesce(nullif({updatedAt}, {updatedAt}), {ValidToCurrent ?? "null"})";

    /// <summary>The identity of a version: a hash of its key and time. Source: dbt's page on snapshot meta-fields.</summary>
    public static string Hash(IEnumerable<string> parts) =>
        $"md5({string.Join(" || '|' || ", parts.Select(p => $"coalesce(cast({p} as varchar), '')"))})";
}
