using Models.Diagnostics;

namespace Models.Contracts;

/// <summary>
/// The contract of one raw table. Ingestion checks every row against it, and the compiler takes the source's columns from it. There is one file per
/// table, <c>contracts/{table}.yml</c> in the project's folder.
/// </summary>
public sealed record Contract
{
    /// <summary>The table's name in schema <c>raw</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The contract's file and the position of the table name in it.</summary>
    public required SourceSpan Span { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The connector that reads the data, for example <c>csv</c>.</summary>
    public required string Format { get; init; }

    public required IReadOnlyList<ContractField> Fields { get; init; }

    /// <summary>The names of the fields that identify an entity; empty if the data has no such fields.</summary>
    public IReadOnlyList<string> PrimaryKey { get; init; } = [];

    /// <summary>What to do if the source has a column that is not in <see cref="Fields"/>.</summary>
    public OnSchemaChange OnSchemaChange { get; init; }

    /// <summary>How the rows are loaded into the table.</summary>
    public SyncMode SyncMode { get; init; }

    /// <summary>The field that only grows and identifies new rows; null if the mode needs none.</summary>
    public string? Cursor { get; init; }

    /// <summary>The records after which a load commits, so that it can go on there after it was killed; null to commit once.</summary>
    public int? CommitEvery { get; init; }

    /// <summary>The location and format of the data; the available options depend on <see cref="Format"/>.</summary>
    public required ContractOptions Options { get; init; }

    /// <summary>The limits on bad and missing rows beyond which a load is rejected.</summary>
    public LoadLimits Limits { get; init; } = new();

    /// <summary>The table's columns: the fields, then the metadata that ingestion adds to every row.</summary>
    public IReadOnlyList<ContractColumn> Columns =>
        [.. Fields.Select(f => f.ToColumn()), .. MetadataColumns.All, .. SyncMode == SyncMode.Scd2 ? MetadataColumns.History : []];
}
