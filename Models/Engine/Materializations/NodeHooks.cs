using Models.Database.Adapters;
using Models.Database.Sessions;

namespace Models.Engine.Materializations;

/// <summary>A node's hooks by when they run; each is rendered at that moment. A hook says <c>transaction: false</c> to run outside.</summary>
internal sealed record NodeHooks
{
    public static NodeHooks None { get; } = new();

    public IReadOnlyList<Statement> BeforeTransaction { get; init; } = [];

    public IReadOnlyList<Statement> First { get; init; } = [];

    public IReadOnlyList<Statement> Last { get; init; } = [];

    public IReadOnlyList<Statement> AfterTransaction { get; init; } = [];

    /// <summary>What the hooks asked and changed while they ran; null where there are none.</summary>
    public HookConnection? Connection { get; init; }
}
