using Models.Diagnostics;

namespace Models.Project.Graph;

/// <summary>A column as the properties file or an ingestion contract declares it.</summary>
public sealed record ColumnDefinition(string Name)
{
    /// <summary>A PostgreSQL type name, or null where none is declared.</summary>
    public string? DataType { get; init; }

    /// <summary>Where a properties file declares it; null elsewhere.</summary>
    public SourceSpan? Span { get; init; }

    public string Description { get; init; } = "";

    /// <summary>True where a constraint, a required contract field or a not_null test says so.</summary>
    public bool NotNull { get; init; }

    /// <summary><c>quote: true</c>: the name stands in quotes in statements.</summary>
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

    /// <summary>The columns of a constraint on several; empty for a column's own constraint.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The relation a foreign key leads to, as a template (<c>ref('x')</c>) or a name.</summary>
    public string? To { get; init; }

    public IReadOnlyList<string> ToColumns { get; init; } = [];
}
