using System.Collections.Concurrent;
using Models.Parsing;
using Models.Parsing.PartialParsing;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Analysis;

/// <summary>
/// Computes keys that stay the same as long as rendering a node gives the same result. A key covers everything that all renderings may use, the node,
/// and the nodes it reads. A template that uses more, such as the clock or the whole graph, is marked when it is rendered.
/// </summary>
internal sealed class RenderKeys
{
    private readonly ProjectGraph _graph;
    private readonly IReadOnlyDictionary<string, Digest> _contentHashes;
    private readonly Digest _surroundings;
    private readonly ConcurrentDictionary<string, NamedContent> _ephemerals = new(StringComparer.Ordinal);

    private RenderKeys(ParsedProject project, Digest surroundings)
    {
        _graph = project.Graph;
        _contentHashes = project.ContentHashes;
        _surroundings = surroundings;
    }

    /// <summary>Returns null if the inputs of the project are unknown.</summary>
    public static RenderKeys? Of(ParsedProject project)
    {
        if (project.Inputs is not { } inputs)
            return null;

        var digest = new DigestBuilder().Add(inputs.Key).Add(inputs.Invocation);
        foreach (var name in project.Options.EnvironmentRead.Keys.Order(StringComparer.Ordinal))
            digest.Add(name).Add(ParseInputs.EnvironmentValue(name) is { } value ? value.ToString() : null);

        return new RenderKeys(project, digest.Finish());
    }

    /// <summary>Returns null if a node has no content hash.</summary>
    public Digest? Of(Node node)
    {
        if (ContentOf(node) is not { } own)
            return null;

        var key = new DigestBuilder().Add(_surroundings).Add(own);
        foreach (var id in node.DependsOn)
        {
            key.Add(id);
            if (!_graph.TryGet(id, out var parent))
                continue;

            // an ephemeral model's SQL is part of its readers' SQL, and so is that of its own parents
            var known = parent is ModelNode { IsEphemeral: true } ? OfEphemeral(parent) : ContentOf(parent);
            if (known is not { } content)
                return null;

            key.Add(content);
        }

        return key.Finish();
    }

    private Digest? ContentOf(Node node) => _contentHashes.TryGetValue(node.UniqueId, out var content) ? content : null;

    private Digest? OfEphemeral(Node node)
    {
        if (!_ephemerals.TryGetValue(node.UniqueId, out var key))
        {
            // models in a reference cycle have no key
            _ephemerals[node.UniqueId] = new NamedContent(node.UniqueId, Content: null);
            _ephemerals[node.UniqueId] = key = new NamedContent(node.UniqueId, Of(node));
        }

        return key.Content;
    }
}
