namespace Models.Contracts;

/// <summary>How the rows of a source come into the raw table, as a contract's <c>sync_mode</c> says.</summary>
public enum SyncMode
{
    /// <summary>The whole source is appended each time its content changed: the table holds every version.</summary>
    FullRefreshAppend,

    /// <summary>The whole source takes the place of what was loaded before.</summary>
    FullRefreshOverwrite,

    /// <summary>Rows whose cursor is beyond the last one are appended.</summary>
    IncrementalAppend,

    /// <summary>One row a primary key: the one with the latest cursor.</summary>
    IncrementalDeduplicated,

    /// <summary>One row a primary key, as the source has it now; rows that left the source are deleted.</summary>
    SnapshotMerge,

    /// <summary>Every version of a row with the time from and to which it was in the source (slowly changing dimension, type 2).</summary>
    Scd2,
}
