using Models.Project.Graph;

namespace Models.Rendering.Context;

/// <summary>The references and settings of a node that a rendering without a database records.</summary>
internal sealed class NodeCapture
{
    public List<NodeReference> Refs { get; } = [];

    public List<NodeReference> Functions { get; } = [];

    public List<SourceReference> Sources { get; } = [];

    public List<MetricReference> Metrics { get; } = [];

    /// <summary>The settings of <c>config()</c> calls in order.</summary>
    public List<KeyValuePair<string, object?>> Config { get; } = [];

    /// <summary>True if the result depends on the time of the rendering.</summary>
    public bool IsVolatile { get; set; }

    public void Add(NodeReference reference)
    {
        foreach (var known in Refs)
        {
            if (known.Name == reference.Name && known.Package == reference.Package && known.Version == reference.Version)
                return;
        }

        Refs.Add(reference);
    }

    public void AddFunction(NodeReference reference)
    {
        if (!Functions.Exists(known => known.Name == reference.Name && known.Package == reference.Package))
            Functions.Add(reference);
    }

    public void Add(MetricReference reference)
    {
        if (!Metrics.Exists(known => known.Name == reference.Name && known.Package == reference.Package))
            Metrics.Add(reference);
    }

    public void Add(SourceReference reference)
    {
        foreach (var known in Sources)
        {
            if (known.SourceName == reference.SourceName && known.TableName == reference.TableName)
                return;
        }

        Sources.Add(reference);
    }
}
