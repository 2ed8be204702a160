namespace Models.Compiler.CodeGeneration;

/// <summary>One record to generate.</summary>
internal sealed record RowType
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>The schema's suffix after the target schema, <c>data_mart</c> in <c>dev_data_mart</c>; empty if they are the same.</summary>
    public string? CustomSchema { get; init; }

    /// <summary>The whole schema, if it does not start with the target schema.</summary>
    public string? FixedSchema { get; init; }

    public required string Identifier { get; init; }

    public required IReadOnlyList<RowProperty> Properties { get; init; }

    /// <summary>The key columns from <c>meta.leadline.key</c>; empty if none are declared.</summary>
    public IReadOnlyList<RowProperty> Key { get; init; } = [];
}

/// <summary>One column of a record.</summary>
internal sealed record RowProperty(string Name, string Column, ClrType Type, bool NotNull, string Description)
{
    public string TypeName => NotNull ? Type.Name : $"{Type.Name}?";
}
