using Models.Diagnostics;

namespace Models.Contracts;

/// <summary>One field of a contract.</summary>
public sealed record ContractField(string Name, FieldType Type, [property: SameRows] SourceSpan Span)
{
    /// <summary>True where the column must be in the data and a row without a value is quarantined.</summary>
    public bool Required { get; init; }

    [SameRows]
    public string Description { get; init; } = "";

    /// <summary>
    /// How a date or timestamp is written, as .NET's custom format, for example <c>yyyy-MM</c>; null for ISO 8601.
    /// A part that the format leaves out is its first value: 2023-02 is 2023-02-01.
    /// </summary>
    public string? Format { get; init; }

    /// <summary>What its numbers are of, for example <c>EUR</c> or <c>kg</c>.</summary>
    [SameRows]
    public string Unit { get; init; } = "";

    /// <summary>The smallest value, of a number or time; null where there is none.</summary>
    public string? Min { get; init; }

    /// <summary>The largest value, of a number or time; null where there is none.</summary>
    public string? Max { get; init; }

    /// <summary>A regular expression of .NET that a text must match somewhere, without look-around and back-references; null where any text will do.</summary>
    public string? Pattern { get; init; }

    /// <summary>The only values that there may be; empty where any will do.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    internal ContractColumn ToColumn() => new(Name, Type.Name, Description, Required);
}
