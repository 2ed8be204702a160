namespace Models.Project.Graph;

/// <summary>
/// Where the nodes of a project stand in one run. Without entries every node is where its configuration puts it in the target; deferral
/// and blue/green builds each give a map of their own. Immutable, so that any number of runs share one project.
/// </summary>
public sealed class RelationMap
{
    private readonly Dictionary<string, Relation> _moved;

    private RelationMap(Dictionary<string, Relation> moved) => _moved = moved;

    /// <summary>Every node in the target.</summary>
    public static RelationMap Target { get; } = new([]);

    /// <summary>The rows of event time that models and snapshots read; null for all.</summary>
    public TimeRange? Sample { get; private init; }

    /// <summary>True where models and snapshots read no rows.</summary>
    public bool ReadsNoRows { get; private init; }

    /// <summary>The relation of a node in this run.</summary>
    public Relation Of(RelationNode node) => _moved.TryGetValue(node.UniqueId, out var elsewhere) ? elsewhere : node.Relation;

    /// <summary>The map in which these nodes, by unique id, stand elsewhere.</summary>
    public RelationMap Moving(IEnumerable<KeyValuePair<string, Relation>> elsewhere)
    {
        var moved = new Dictionary<string, Relation>(_moved, StringComparer.Ordinal);
        foreach (var (id, relation) in elsewhere)
            moved[id] = relation;

        return new(moved) { Sample = Sample, ReadsNoRows = ReadsNoRows };
    }

    /// <summary>The map in which models and snapshots read only these rows.</summary>
    /// <param name="sample">A range of event time; null for all rows.</param>
    /// <param name="noRows">True where they read none at all.</param>
    public RelationMap Reading(TimeRange? sample, bool noRows = false) => new(_moved) { Sample = sample, ReadsNoRows = noRows };
}
