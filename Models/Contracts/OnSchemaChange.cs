namespace Models.Contracts;

/// <summary>What to do if a source has a column that its contract does not have.</summary>
public enum OnSchemaChange
{
    /// <summary>The load fails; for a source without a header, the record is quarantined.</summary>
    Fail,

    /// <summary>The column is added to the table with type text.</summary>
    AddColumns,

    /// <summary>The column is ignored.</summary>
    Ignore,
}
