namespace Models.Project.Graph;

/// <summary>A node that is a relation in the warehouse: a model, seed, snapshot or source table.</summary>
public abstract record RelationNode : Node
{
    /// <summary>
    /// The relation in the target; for an ephemeral model, the one it would have. <see cref="RelationMap"/> may have another relation for a run.
    /// </summary>
    public required Relation Relation { get; init; }

    /// <summary>Declared columns by name, in the order of declaration; empty if there are none.</summary>
    public IReadOnlyList<ColumnDefinition> Columns { get; init; } = [];
}
