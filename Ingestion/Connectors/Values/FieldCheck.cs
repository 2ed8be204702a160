using System.Text.RegularExpressions;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Values;

/// <summary>Checks a field's values beyond their type: a range, a pattern, a list of values.</summary>
internal sealed class FieldCheck
{
    private readonly FieldKind _kind;
    private readonly ContractField _field;
    private readonly FieldValue? _min;
    private readonly FieldValue? _max;
    private readonly Regex? _pattern;
    private readonly HashSet<string>? _values;

    private FieldCheck(ContractField field)
    {
        _field = field;
        _kind = field.Type.Kind;
        _min = Bound(field.Min);
        _max = Bound(field.Max);
        _pattern = field.Pattern is { } pattern
            ? new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout)
            : null;
        _values = field.Values.Count > 0 ? [.. field.Values.Select(v => Bound(v)!.Value.ToText(_kind))] : null;
    }

    /// <summary>The checks of a field; null if it has none.</summary>
    /// <exception cref="DiagnosticException">A bound or an allowed value is invalid for the field's type.</exception>
    public static FieldCheck? For(ContractField field) =>
        field.Min is null && field.Max is null && field.Pattern is null && field.Values.Count == 0 ? null : new FieldCheck(field);

    /// <summary>Returns the violation; null if the value is valid.</summary>
    public string? Find(in FieldValue value)
    {
        if (_min is { } min && Compare(value, min) < 0)
            return $"is less than {_field.Min}";
        if (_max is { } max && Compare(value, max) > 0)
            return $"is greater than {_field.Max}";
        if (_pattern is not null && !_pattern.IsMatch(value.Text!))
            return $"does not match the pattern {_field.Pattern}";

        return _values is null || _values.Contains(value.ToText(_kind)) ? null : $"is none of {string.Join(", ", _field.Values)}";
    }

    private FieldValue? Bound(string? text)
    {
        if (text is null)
            return null;

        FieldValue value = default;
        var plain = new ContractField(_field.Name, _field.Type, _field.Span) { Required = true };
        return new ValueParser(plain, new ContractOptions()).Parse(text, ref value) is { } reason
            ? throw new DiagnosticException(IngestionDiagnostics.BadCheck(_field.Span, _field.Name, text, reason))
            : value;
    }

    private int Compare(in FieldValue value, in FieldValue bound) => _kind switch
    {
        FieldKind.Real or FieldKind.Double => value.Floating.CompareTo(bound.Floating),
        FieldKind.Numeric when value.Text is null && bound.Text is null => value.Exact.CompareTo(bound.Exact),
        FieldKind.Numeric => ExactNumber.Parse(value.ToText(_kind)).CompareTo(ExactNumber.Parse(bound.ToText(_kind))),
        _ => value.Whole.CompareTo(bound.Whole),
    };
}
