namespace Models.Contracts;

/// <summary>The columns that ingestion adds to every raw table, after the contract's own.</summary>
public static class MetadataColumns
{
    /// <summary>The prefix of all metadata columns; a contract's field must not start with it.</summary>
    public const string Prefix = "meta_";

    public const string BatchId = "meta_batch_id";
    public const string SourceFile = "meta_source_file";
    public const string SourceLine = "meta_source_line";
    public const string ProcessingTime = "meta_processing_time";
    public const string EntityId = "meta_entity_id";

    public const string ValidFrom = "meta_valid_from";
    public const string ValidTo = "meta_valid_to";

    public static IReadOnlyList<ContractColumn> All { get; } =
    [
        Column(BatchId, "uuid", "The load that brought the row, as in ingestion.batches."),
        Column(SourceFile, "text", "The file or table the row was read from."),
        Column(SourceLine, "bigint", "The line of the file, or the number of the record, where the row begins."),
        Column(ProcessingTime, "timestamp with time zone", "When the load that brought the row began."),
        Column(EntityId, "text", "The primary key's values joined by |; a hash of the whole row where there is no primary key."),
    ];

    /// <summary>The additional columns of a table that keeps the history of its rows (<see cref="SyncMode.Scd2"/>).</summary>
    public static IReadOnlyList<ContractColumn> History { get; } =
    [
        Column(ValidFrom, "timestamp with time zone", "When the load began that found the row in the source like this for the first time."),
        Column(ValidTo, "timestamp with time zone",
            "When the load began that found the row changed or gone; null for what is there now.") with { NotNull = false },
    ];

    private static ContractColumn Column(string name, string type, string description) => new(name, type, description, NotNull: true);
}
