using Models.Diagnostics;

namespace Models.Contracts;

/// <summary>
/// What one raw table promises to hold: read by ingestion, which checks every row against it, and by the compiler, which takes the
/// source's columns from it. One file a table, <c>contracts/{table}.yml</c> in the project's folder.
/// </summary>
public sealed record Contract
{
    /// <summary>The table's name in schema <c>raw</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The contract's file and the place of its name in it.</summary>
    public required SourceSpan Span { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The connector that reads the data, for example <c>csv</c>.</summary>
    public required string Format { get; init; }

    public required IReadOnlyList<ContractField> Fields { get; init; }

    /// <summary>Names of the fields that tell one entity from another; empty where the data has no such fields.</summary>
    public IReadOnlyList<string> PrimaryKey { get; init; } = [];

    /// <summary>What happens where the source has a column that is not in <see cref="Fields"/>.</summary>
    public OnSchemaChange OnSchemaChange { get; init; }

    /// <summary>How the rows come into the table.</summary>
    public SyncMode SyncMode { get; init; }

    /// <summary>The field that only grows, by which new rows are known; null where the mode needs none.</summary>
    public string? Cursor { get; init; }

    /// <summary>Where the data is and how it is written; which options there are depends on <see cref="Format"/>.</summary>
    public required ContractOptions Options { get; init; }

    /// <summary>When a load is too bad, or too small, to be kept.</summary>
    public LoadLimits Limits { get; init; } = new();

    /// <summary>The table's columns: the fields, then the metadata that ingestion adds to every row.</summary>
    public IReadOnlyList<ContractColumn> Columns =>
        [.. Fields.Select(f => f.ToColumn()), .. MetadataColumns.All, .. SyncMode == SyncMode.Scd2 ? MetadataColumns.History : []];
}
