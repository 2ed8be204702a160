namespace Models.Project.Graph;

/// <summary>
/// The relations of a project's nodes in one run. A node without an entry has its configured relation in the target; deferral and blue/green builds
/// create maps with other relations. Immutable, so that any number of runs share one project.
/// </summary>
public sealed class RelationMap
{
    private readonly Dictionary<string, Relation> _moved;

    private RelationMap(Dictionary<string, Relation> moved) => _moved = moved;

    /// <summary>The map without entries: all nodes are in the target.</summary>
    public static RelationMap Target { get; } = new([]);

    /// <summary>The range of event time that models and snapshots read; null for all rows.</summary>
    public TimeRange? Sample { get; private init; }

    /// <summary>True if models and snapshots read no rows.</summary>
    public bool ReadsNoRows { get; private init; }

    /// <summary>The relation of a node in this run.</summary>
    public Relation Of(RelationNode node) => _moved.TryGetValue(node.UniqueId, out var elsewhere) ? elsewhere : node.Relation;

    /// <summary>Returns a map with other relations for these nodes, by unique id.</summary>
    public RelationMap Moving(IEnumerable<KeyValuePair<string, Relation>> elsewhere)
    {
        var moved = new Dictionary<string, Relation>(_moved, StringComparer.Ordinal);
        foreach (var (id, relation) in elsewhere)
            moved[id] = relation;

        return new(moved) { Sample = Sample, ReadsNoRows = ReadsNoRows };
    }

    /// <summary>Returns a map in which models and snapshots read only these rows.</summary>
    /// <param name="sample">A range of event time; null for all rows.</param>
    /// <param name="noRows">True to read no rows at all.</param>
    public RelationMap Reading(TimeRange? sample, bool noRows = false) => new(_moved) { Sample = sample, ReadsNoRows = noRows };
}
