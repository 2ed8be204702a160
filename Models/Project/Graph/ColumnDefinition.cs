using Models.Diagnostics;

namespace Models.Project.Graph;

/// <summary>A column as the properties file or an ingestion contract declares it.</summary>
public sealed record ColumnDefinition(string Name)
{
    /// <summary>A PostgreSQL type name, or null if none is declared.</summary>
    public string? DataType { get; init; }

    /// <summary>The position in the properties file; null for other columns.</summary>
    public SourceSpan? Span { get; init; }

    public string Description { get; init; } = "";

    /// <summary>True if a constraint, a required contract field or a not_null test requires it.</summary>
    public bool NotNull { get; init; }

    /// <c>quote: true</c>: the name is quoted in statements.
    public bool Quote { get; init; }

    /// <summary>The column's name on the server.</summary>
    public string ServerName => Quote ? Name : Relation.NameOf(Name);

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyDictionary<string, object?> Meta { get; init; } = new Dictionary<string, object?>();

    public IReadOnlyList<ConstraintDefinition> Constraints { get; init; } = [];
}

/// <summary>A declared constraint: <c>not_null</c>, <c>unique</c>, <c>primary_key</c>, <c>foreign_key</c> or <c>check</c>.</summary>
public sealed record ConstraintDefinition(string Type)
{
    public string? Name { get; init; }

    public string? Expression { get; init; }

    /// <summary>The columns of a multi-column constraint; empty for a constraint on a single column.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The relation that a foreign key references, as a template (<c>ref('x')</c>) or a name.</summary>
    public string? To { get; init; }

    public IReadOnlyList<string> ToColumns { get; init; } = [];

    /// <summary>Whether to warn if the relation cannot have it.</summary>
    public bool WarnUnsupported { get; init; } = true;
}
