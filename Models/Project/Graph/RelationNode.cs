namespace Models.Project.Graph;

/// <summary>A node that is a relation in the warehouse: a model, seed, snapshot or source table.</summary>
public abstract record RelationNode : Node
{
    /// <summary>Where the node stands in the target; for an ephemeral model, where it would. A run may have it elsewhere: <see cref="RelationMap"/>.</summary>
    public required Relation Relation { get; init; }

    /// <summary>Declared columns by name, in the order declared; empty where none are.</summary>
    public IReadOnlyList<ColumnDefinition> Columns { get; init; } = [];
}
