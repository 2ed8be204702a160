using System.Collections.Concurrent;
using Models.Compiler.Context.Adapter;
using Models.Compiler.Context.Macros;
using Models.Compiler.Diagnostics;
using Models.Compiler.Graph;
using Models.Compiler.Project;
using Models.Compiler.Templates.Rendering;

namespace Models.Compiler.Context;

/// <summary>What all templates of one project share. Set up while the project is parsed, then only read, by many threads.</summary>
internal sealed class DbtProject
{
    public required string Name { get; init; }

    public required CompileOptions Options { get; init; }

    public required Target Target { get; init; }

    public required DiagnosticBag Diagnostics { get; init; }

    public required MacroIndex Macros { get; init; }

    public required VarLookup Vars { get; init; }

    /// <summary>The root project first, then installed packages.</summary>
    public required IReadOnlyList<ProjectFile> Packages { get; init; }

    public required RunFlags Flags { get; init; }

    /// <summary>Answers refs and sources; null until every node is known.</summary>
    public NodeLookup? Nodes { get; set; }

    public ProjectGraph? Graph { get; set; }

    /// <summary>The names that ephemeral models have in the queries they are put into.</summary>
    public EphemeralNames EphemeralNames => Graph is null ? s_noNames : LazyInitializer.EnsureInitialized(ref _ephemeralNames, () => new EphemeralNames(Graph));

    /// <summary>Rendered ephemeral models that did not look at the warehouse, by unique id.</summary>
    public ConcurrentDictionary<string, RenderedEphemeral> Ephemerals { get; } = new(StringComparer.Ordinal);

    /// <summary>Unique ids of the nodes that the command selected, known once the project is parsed.</summary>
    public IReadOnlyList<string> SelectedResources { get; set; } = [];

    public Guid InvocationId => Options.InvocationId;

    public DateTimeOffset RunStartedAt { get; init; }

    private static readonly EphemeralNames s_noNames = new(new ProjectGraph([]));

    private EphemeralNames? _ephemeralNames;
    private JinjaDict? _target;
    private JinjaDict? _graph;
    private ProjectAdapter? _adapter;

    /// <summary>The <c>target</c> of templates.</summary>
    public JinjaDict TargetDict => _target ??= new JinjaDict(Target.Fields);

    /// <summary>The <c>graph</c> of templates: every enabled node, built when a template first asks.</summary>
    public JinjaDict GraphDict => Graph is null ? GraphDictionary.Empty() : LazyInitializer.EnsureInitialized(ref _graph, () => GraphDictionary.Of(Graph));

    /// <summary>The project's <c>quoting</c>.</summary>
    public JinjaDict? Quoting => Packages.Count > 0 ? Packages[0].Quoting : null;

    /// <summary>The <c>adapter</c> of templates.</summary>
    public ProjectAdapter Adapter => _adapter ??= new ProjectAdapter(this);

    /// <summary><c>print()</c>.</summary>
    public void Print(string text) => Options.Print?.Invoke(text);

    /// <summary><c>log()</c>.</summary>
    public void Log(string text, bool isInfo) => Options.Log?.Invoke(text, isInfo);
}
