namespace Models.Compiler.CodeGeneration;

/// <summary>One record to generate.</summary>
internal sealed record RowType
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>The part of the schema behind the target's, <c>data_mart</c> of <c>dev_data_mart</c>; empty where they are the same.</summary>
    public string? CustomSchema { get; init; }

    /// <summary>The whole schema, where it does not begin with the target's.</summary>
    public string? FixedSchema { get; init; }

    public required string Identifier { get; init; }

    public required IReadOnlyList<RowProperty> Properties { get; init; }

    /// <summary>The columns that name one row, from <c>meta.leadline.key</c>; empty where none are declared.</summary>
    public IReadOnlyList<RowProperty> Key { get; init; } = [];
}

/// <summary>One column of a record.</summary>
internal sealed record RowProperty(string Name, string Column, ClrType Type, bool NotNull, string Description)
{
    public string TypeName => NotNull ? Type.Name : $"{Type.Name}?";
}
