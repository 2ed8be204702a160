using Models.Diagnostics;

namespace Models.Contracts;

/// <summary>One field of a contract.</summary>
public sealed record ContractField(string Name, FieldType Type, [property: SameRows] SourceSpan Span)
{
    /// <summary>True if the column must be in the data and a row without a value is quarantined.</summary>
    public bool Required { get; init; }

    [SameRows]
    public string Description { get; init; } = "";

    /// <summary>
    /// The format of a date or timestamp as a .NET custom format string, for example <c>yyyy-MM</c>; null for ISO 8601. A part that the format omits
    /// has its first value: 2023-02 is 2023-02-01.
    /// </summary>
    public string? Format { get; init; }

    /// <summary>The unit of its numbers, for example <c>EUR</c> or <c>kg</c>.</summary>
    [SameRows]
    public string Unit { get; init; } = "";

    /// <summary>The smallest allowed number or time; null for no limit.</summary>
    public string? Min { get; init; }

    /// <summary>The largest allowed number or time; null for no limit.</summary>
    public string? Max { get; init; }

    /// <summary>A .NET regular expression that must match somewhere in the text, without lookarounds and backreferences; null if any text is allowed.</summary>
    public string? Pattern { get; init; }

    /// <summary>The allowed values; empty if any value is allowed.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    internal ContractColumn ToColumn() => new(Name, Type.Name, Description, Required);
}
