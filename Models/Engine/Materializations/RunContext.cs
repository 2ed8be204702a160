using Models.Database.Catalog;
using Models.Parsing;

namespace Models.Engine.Materializations;

/// <summary>What the parts of one run share.</summary>
internal sealed record RunContext(ParsedProject Project, RunOptions Options, RelationCache Cache, IRunObserver Observer, TimeProvider Clock)
{
    public Secrets Secrets { get; } = Secrets.Of(Options.Compile.Vars);

    public QueryComment Comment { get; } = new(Project);

    /// <summary>True where schema leadline takes what anomaly tests measure.</summary>
    public bool KeepsMeasurements { get; init; }

    /// <summary>Replaced relations that could not be dropped at once.</summary>
    public DeferredDrops DeferredDrops { get; } = new();
}
