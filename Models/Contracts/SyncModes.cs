namespace Models.Contracts;

/// <summary>The name of each <see cref="SyncMode"/> in contracts and in the warehouse, and its requirements.</summary>
public static class SyncModes
{
    private static readonly Dictionary<string, SyncMode> Names = new(StringComparer.Ordinal)
    {
        ["full_refresh_append"] = SyncMode.FullRefreshAppend,
        ["full_refresh_overwrite"] = SyncMode.FullRefreshOverwrite,
        ["incremental_append"] = SyncMode.IncrementalAppend,
        ["incremental_deduplicated"] = SyncMode.IncrementalDeduplicated,
        ["snapshot_merge"] = SyncMode.SnapshotMerge,
        ["scd2"] = SyncMode.Scd2,
    };

    public static IReadOnlyCollection<string> All => Names.Keys;

    public static SyncMode? Find(string name) => Names.TryGetValue(name, out var mode) ? mode : null;

    public static string Name(this SyncMode mode) => Names.Single(n => n.Value == mode).Key;

    /// <summary>True if the contract must name a cursor field.</summary>
    public static bool NeedsCursor(this SyncMode mode) => mode is SyncMode.IncrementalAppend or SyncMode.IncrementalDeduplicated;

    /// <summary>True if the contract must have a primary key.</summary>
    public static bool NeedsKey(this SyncMode mode) => mode is SyncMode.IncrementalDeduplicated or SyncMode.SnapshotMerge or SyncMode.Scd2;

    /// <summary>True if rows missing from the source are deleted or closed, so that part of a source cannot be loaded alone.</summary>
    public static bool NeedsWholeSource(this SyncMode mode) => mode is SyncMode.SnapshotMerge or SyncMode.Scd2;
}
