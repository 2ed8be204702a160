using System.CommandLine;
using Models.Database;
using Models.Engine;
using Models.Engine.State;
using Models.Engine.Targets;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Runner.Flags;

/// <summary>The flags that refer to an earlier run, for state comparison and deferral.</summary>
internal sealed class StateFlags
{
    private readonly Option<string?> _state = new("--state") { Description = "The folder of an earlier run's artifacts." };
    private readonly Option<bool> _defer = new("--defer") { Description = "Read nodes that are not selected from the relations in --state." };
    private readonly Option<string?> _deferState = new("--defer-state") { Description = "The folder to defer to, if it is not that of --state." };
    private readonly Option<bool> _favorState = new("--favor-state") { Description = "Defer even if the target has the relation." };

    public IReadOnlyList<Option> All => [_state, _defer, _deferState, _favorState];

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
    }

    public string? State(ParseResult parsed) => parsed.GetValue(_state);

    /// <exception cref="RunException"><c>--state</c> is missing.</exception>
    public string RequireState(ParseResult parsed) =>
        State(parsed) ?? throw new RunException($"'leadline {parsed.CommandResult.Command.Name}' compares with an earlier run: name its folder with --state.");

    public RunOptions Read(ParseResult parsed, RunOptions options) => options with
    {
        State = State(parsed),
        Defer = parsed.GetValue(_defer),
        DeferState = parsed.GetValue(_deferState),
        FavorState = parsed.GetValue(_favorState),
    };

    public PreviousArtifacts? Open(ParseResult parsed, ParsedProject project, IRunObserver observer) =>
        State(parsed) is { } folder ? PreviousArtifacts.Open(folder, project, observer) : null;

    /// <summary>
    /// Defers reads for commands that build nothing: nodes that are neither selected nor in the target are read from the earlier run's relations.
    /// </summary>
    /// <returns>The project with deferred relations.</returns>
    public ParsedProject Defer(ParseResult parsed, TargetAccess target, IReadOnlyList<Node> selected)
    {
        if (!parsed.GetValue(_defer))
            return target.Project;

        var folder = Deferral.Require(parsed.GetValue(_deferState) ?? State(parsed));
        var graph = target.Project.Graph;
        foreach (var schema in graph.InOrder.OfType<RelationNode>()
            .Where(n => n is not (TestNode or SourceNode)).Select(n => n.Relation.Schema).Distinct(StringComparer.Ordinal))
            target.Connection.Refresh(schema);
        using var state = PreviousArtifacts.Open(folder, target.Project);
        return target.Project.In(Deferral.Map(target.Project, selected, state, target.Cache, parsed.GetValue(_favorState)));
    }
}
