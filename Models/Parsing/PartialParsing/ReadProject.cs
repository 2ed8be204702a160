using Models.Parsing.Nodes;
using Models.Parsing.Properties;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Parsing.PartialParsing;

/// <summary>The parsed files of a project, before the graph is built.</summary>
/// <param name="Session">Its nodes.</param>
/// <param name="Record">The record for the next parse; null if the existing record is still usable.</param>
internal sealed record ReadProject(ParseSession Session, ParseRecord? Record)
{
    public IReadOnlyList<DocDefinition> Docs { get; init; } = [];

    public IReadOnlyList<GroupDefinition> Groups { get; init; } = [];

    public IReadOnlyList<MacroDescription> Macros { get; init; } = [];

    /// <summary>The content hashes of the enabled nodes that were reused, by unique id.</summary>
    public IReadOnlyDictionary<string, Digest> ContentHashes { get; init; } = new Dictionary<string, Digest>();
}
