using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Project.Graph;

/// <summary>
/// One node of a project: anything with a unique id that can depend on other nodes or be depended on. Immutable. Parsing creates nodes from the
/// files; the graph holds copies with resolved references; a <see cref="RelationMap"/> has their relations in a run.
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

    /// <summary>The path relative to its configured folder (models and so on), with forward slashes.</summary>
    public string PathInFolder { get; init; } = "";

    /// <summary>The properties file that describes the node as <c>package://path</c>, or null.</summary>
    public string? PatchPath { get; init; }

    /// <summary>The position of the node's definition; its file is the path shown in diagnostics.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>Package, folders and name, which selectors match.</summary>
    public required IReadOnlyList<string> Fqn { get; init; }

    public NodeConfig Config { get; init; } = NodeConfig.Empty;

    /// <summary>The settings before rendering; those of <c>config()</c> are rendered.</summary>
    public IReadOnlyDictionary<string, object?> UnrenderedConfig { get; init; } = new Dictionary<string, object?>();

    /// <summary>The names of the settings from <c>config()</c> in the node's own file.</summary>
    public IReadOnlyList<string> ConfiguredInFile { get; init; } = [];

    public string Description { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyDictionary<string, object?> Meta { get; init; } = new Dictionary<string, object?>();

    /// <summary>The group that owns the node, or null.</summary>
    public string? Group { get; init; }

    /// <summary>All <c>ref()</c> calls in the node in the order of their first use, each target once.</summary>
    public IReadOnlyList<NodeReference> Refs { get; init; } = [];

    /// <summary>All <c>source()</c> calls in the node in the order of their first use, each target once.</summary>
    public IReadOnlyList<SourceReference> SourceRefs { get; init; } = [];

    /// <summary>All metrics that the node references, each once.</summary>
    public IReadOnlyList<MetricReference> MetricRefs { get; init; } = [];

    /// <summary>All <c>function()</c> calls in the node in the order of their first use, each function once.</summary>
    public IReadOnlyList<NodeReference> FunctionRefs { get; init; } = [];

    /// <summary>Unique ids of the nodes that this one reads, in the order of their first use; empty before the graph is built.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Unique ids of the macros that this node calls, also through other macros, sorted.</summary>
    public IReadOnlyList<string> DependsOnMacros { get; init; } = [];

    /// <summary>Unique ids of the macros that the node's own text calls, in the order of their first use, as <c>depends_on</c> lists them.</summary>
    public IReadOnlyList<string> DirectMacros { get; init; } = [];

    /// <summary>The node's template, parsed when first used; null for a node without a template.</summary>
    internal Template? Template => LazyTemplate?.Value;

    /// <summary>True if the template was parsed with errors. Such a template is parsed again in every compilation.</summary>
    internal bool HasBrokenTemplate => LazyTemplate is { IsValueCreated: true, Value.HasErrors: true };

    internal Lazy<Template>? LazyTemplate { get; init; }

    /// <summary>Equality is by reference, not by the properties of the record.</summary>
    public virtual bool Equals(Node? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => UniqueId.GetHashCode(StringComparison.Ordinal);

    public sealed override string ToString() => UniqueId;
}
