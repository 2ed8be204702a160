namespace Models.Database.Sessions;

/// <summary>
/// All statements of one node's build, known before the first of them is sent. <see cref="Transaction"/> happens as a whole or not at all;
/// what comes before and after it can be repeated or left out without harm.
/// </summary>
public sealed record BuildPlan
{
    /// <summary>Hooks that must not run inside the transaction.</summary>
    public IReadOnlyList<Statement> Before { get; init; } = [];

    public required IReadOnlyList<Statement> Transaction { get; init; }

    /// <summary>Clearing away, and hooks outside the transaction.</summary>
    public IReadOnlyList<Statement> After { get; init; } = [];

    /// <summary>Tells the catalog's cache what the plan changed; called once it is done.</summary>
    public Action Completed { get; init; } = static () => { };
}
