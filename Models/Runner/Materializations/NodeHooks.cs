using Models.Runner.Execution;

namespace Models.Runner.Materializations;

/// <summary>A node's hooks, rendered, by when they run. A hook says <c>transaction: false</c> to run outside.</summary>
internal sealed record NodeHooks
{
    public static NodeHooks None { get; } = new();

    public IReadOnlyList<Statement> BeforeTransaction { get; init; } = [];

    public IReadOnlyList<Statement> First { get; init; } = [];

    public IReadOnlyList<Statement> Last { get; init; } = [];

    public IReadOnlyList<Statement> AfterTransaction { get; init; } = [];
}
