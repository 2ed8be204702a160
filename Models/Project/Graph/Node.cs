using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Project.Graph;

/// <summary>
/// One node of a project: anything that has a unique id and can depend or be depended on. Immutable. What the files say of it comes
/// first; the graph holds copies in which what they read is resolved; where they stand in a run is in a <see cref="RelationMap"/>.
/// </summary>
public abstract record Node
{
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
    public string? PatchPath { get; init; }

    /// <summary>Where the node is defined; its file is the path shown in diagnostics.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>Package, folders and name, as selectors match them.</summary>
    public required IReadOnlyList<string> Fqn { get; init; }

    public NodeConfig Config { get; init; } = NodeConfig.Empty;

    /// <summary>The settings as they are written, before templates in them are rendered; those of <c>config()</c> as they came out.</summary>
    public IReadOnlyDictionary<string, object?> UnrenderedConfig { get; init; } = new Dictionary<string, object?>();

    /// <summary>The settings that <c>config()</c> in the node's own file makes.</summary>
    public IReadOnlyList<string> ConfiguredInFile { get; init; } = [];

    public string Description { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyDictionary<string, object?> Meta { get; init; } = new Dictionary<string, object?>();

    /// <summary>The group that owns the node, or null.</summary>
    public string? Group { get; init; }

    /// <summary>Every <c>ref()</c> in the node, in the order met, each target once.</summary>
    public IReadOnlyList<NodeReference> Refs { get; init; } = [];

    /// <summary>Every <c>source()</c> in the node, in the order met, each target once.</summary>
    public IReadOnlyList<SourceReference> SourceRefs { get; init; } = [];

    /// <summary>Every metric that the node names, each once.</summary>
    public IReadOnlyList<MetricReference> MetricRefs { get; init; } = [];

    /// <summary>Unique ids of the nodes this one reads, in the order first met; empty before the graph is built.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Unique ids of the macros this one calls.</summary>
    public IReadOnlyList<string> DependsOnMacros { get; init; } = [];

    /// <summary>The node's template, parsed when first asked for; null for a node that has none.</summary>
    internal Template? Template => LazyTemplate?.Value;

    /// <summary>True where the template is parsed and something in it could not be read. One with mistakes is parsed in every compilation.</summary>
    internal bool HasBrokenTemplate => LazyTemplate is { IsValueCreated: true, Value.HasErrors: true };

    internal Lazy<Template>? LazyTemplate { get; init; }

    /// <summary>Two nodes are equal where they are one: a node is known by its unique id, not by all that it says.</summary>
    public virtual bool Equals(Node? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => UniqueId.GetHashCode(StringComparison.Ordinal);

    public sealed override string ToString() => UniqueId;
}
