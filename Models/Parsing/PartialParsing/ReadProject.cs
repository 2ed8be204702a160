using Models.Parsing.Nodes;
using Models.Parsing.Properties;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Parsing.PartialParsing;

/// <summary>What was read of a project's files, before the graph is built.</summary>
/// <param name="Session">Its nodes.</param>
/// <param name="Record">What the next parse may take over; null where the record that is there will do.</param>
internal sealed record ReadProject(ParseSession Session, ParseRecord? Record)
{
    public IReadOnlyList<DocDefinition> Docs { get; init; } = [];

    public IReadOnlyList<GroupDefinition> Groups { get; init; } = [];

    public IReadOnlyList<MacroDescription> Macros { get; init; } = [];

    /// <summary>By unique id: the content hashes of the enabled nodes that were taken over.</summary>
    public IReadOnlyDictionary<string, Digest> ContentHashes { get; init; } = new Dictionary<string, Digest>();
}
