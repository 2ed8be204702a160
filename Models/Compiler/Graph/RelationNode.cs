namespace Models.Compiler.Graph;

/// <summary>A node that is a relation in the warehouse: a model, seed, snapshot or source table.</summary>
public abstract class RelationNode : Node
{
    /// <summary>Where the node lives in the target; for an ephemeral model, where it would.</summary>
    public required Relation Relation { get; set; }

    /// <summary>Declared columns by name, in the order declared; empty where none are.</summary>
    public IReadOnlyList<ColumnDefinition> Columns { get; set; } = [];
}
