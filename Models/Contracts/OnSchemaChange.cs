namespace Models.Contracts;

/// <summary>What happens where a source has a column that its contract does not have.</summary>
public enum OnSchemaChange
{
    /// <summary>The load fails; of a source without a header the record is quarantined.</summary>
    Fail,

    /// <summary>The column is added to the table, as text.</summary>
    AddColumns,

    /// <summary>The column is left out.</summary>
    Ignore,
}
