namespace Models.Contracts;

/// <summary>How the rows of a source are loaded into the raw table: a contract's <c>sync_mode</c>.</summary>
public enum SyncMode
{
    /// <summary>Appends the whole source each time its content changed: the table holds every version.</summary>
    FullRefreshAppend,

    /// <summary>Replaces the rows loaded before by the whole source.</summary>
    FullRefreshOverwrite,

    /// <summary>Appends the rows whose cursor is greater than the last one loaded.</summary>
    IncrementalAppend,

    /// <summary>Keeps one row per primary key: the one with the latest cursor.</summary>
    IncrementalDeduplicated,

    /// <summary>Keeps one row per primary key as it is in the source now, and deletes rows that left the source.</summary>
    SnapshotMerge,

    /// <summary>Keeps every version of a row with the time range in which it was in the source (slowly changing dimension, type 2).</summary>
    Scd2,
}
