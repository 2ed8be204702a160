namespace Models.Database.Sessions;

/// <summary>What the server said to the main statement.</summary>
/// <param name="Command">Its command tag, for example <c>SELECT</c>.</param>
/// <param name="Rows">Rows read or written; -1 where the server did not say.</param>
public readonly record struct StatementOutcome(string Command, long Rows)
{
    /// <summary>The statement itself, where there was one.</summary>
    public string? Sql { get; init; }

    /// <summary>What failed, where a node was built in parts and not all of them could be.</summary>
    public string? Problem { get; init; }

    /// <summary>The parts, where a node was built in parts.</summary>
    public BatchResults? Batches { get; init; }

    public static StatementOutcome Nothing { get; } = new("", -1);

    /// <summary>The same command with the rows of both, and the later statement.</summary>
    public StatementOutcome Plus(StatementOutcome later) => this with { Rows = Rows + later.Rows, Sql = later.Sql };

    /// <summary>As dbt prints it: <c>SELECT 12</c>, <c>CREATE VIEW</c>.</summary>
    public override string ToString() => Rows >= 0 ? $"{Command} {Rows}" : Command;
}
