using Models.Compiler.Diagnostics;
using Models.Compiler.PartialParsing;
using Models.Compiler.Templates;

namespace Models.Compiler.Graph;

/// <summary>One node of the project's graph: anything that has a unique id and can depend or be depended on.</summary>
public abstract class Node
{
    private Template? _template;

    /// <summary>dbt's id, for example <c>model.leads.dm_cac_per_source</c>.</summary>
    public required string UniqueId { get; init; }

    public required string Name { get; init; }

    public required string PackageName { get; init; }

    public abstract ResourceType ResourceType { get; }

    /// <summary>The file that defines the node, relative to its package's root, with forward slashes.</summary>
    public required string OriginalFilePath { get; init; }

    /// <summary>The file relative to the configured folder it lies in (models and so on), with forward slashes.</summary>
    public string PathInFolder { get; init; } = "";

    /// <summary>The properties file that describes the node, as <c>package://path</c>, or null.</summary>
    public string? PatchPath { get; internal set; }

    /// <summary>Where the node is defined; its file is the path shown in diagnostics.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>Package, folders and name, as selectors match them.</summary>
    public required IReadOnlyList<string> Fqn { get; init; }

    public NodeConfig Config { get; set; } = new();

    /// <summary>The settings as they are written, before templates in them are rendered; those of <c>config()</c> as they came out.</summary>
    public IReadOnlyDictionary<string, object?> UnrenderedConfig { get; set; } = new Dictionary<string, object?>();

    /// <summary>The settings that <c>config()</c> in the node's own file makes.</summary>
    public IReadOnlyList<string> ConfiguredInFile { get; set; } = [];

    public string Description { get; set; } = "";

    public IReadOnlyList<string> Tags { get; set; } = [];

    public IReadOnlyDictionary<string, object?> Meta { get; set; } = new Dictionary<string, object?>();

    /// <summary>The group that owns the node, or null.</summary>
    public string? Group { get; set; }

    /// <summary>Every <c>ref()</c> in the node, in the order met, each target once.</summary>
    public List<NodeReference> Refs { get; } = [];

    /// <summary>Every <c>source()</c> in the node, in the order met, each target once.</summary>
    public List<SourceReference> SourceRefs { get; } = [];

    /// <summary>Every metric that the node names, each once.</summary>
    public List<MetricReference> MetricRefs { get; } = [];

    /// <summary>Unique ids of the nodes this one reads, in the order first met.</summary>
    public List<string> DependsOn { get; } = [];

    /// <summary>Unique ids of the macros this one calls.</summary>
    public List<string> DependsOnMacros { get; } = [];

    /// <summary>The node's template, parsed once; null for a node that has none.</summary>
    internal Template? Template
    {
        get => _template ??= LazyTemplate?.Invoke();
        set => _template = value;
    }

    /// <summary>True where the template is parsed and something in it could not be read. One with mistakes is parsed in every compilation.</summary>
    internal bool HasBrokenTemplate => _template is { HasErrors: true };

    /// <summary>Gives the template where it is not parsed yet; the same each time.</summary>
    internal Func<Template>? LazyTemplate { get; init; }

    /// <summary>A digest of everything the node is before the graph is built; null where nobody needed it.</summary>
    internal Digest? State { get; set; }

    public override string ToString() => UniqueId;
}
