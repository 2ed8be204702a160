using Models.Analysis;
using Models.Diagnostics;
using Models.Project.Yaml;

namespace Models.Compiler.Predictions;

/// <summary>Reads single values of a declaration.</summary>
internal sealed class PredictionValues(string model, IReadOnlyList<AnalysedColumn> columns, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, SourceSpan> _features = new(StringComparer.Ordinal);

    /// <summary>The text of a value; null where it is a list, a mapping, or null.</summary>
    public static string? Text(YamlValue? value) => value is YamlScalar { IsNull: false } scalar ? scalar.Text : null;

    public static string Shown(YamlValue value) => Text(value) is { } text ? $"'{text}'" : value.Kind;

    /// <summary>The column that a value names; null, and a diagnostic, where there is no such column or its type does not fit.</summary>
    public TypedColumn? Column(YamlValue? value, string setting, Func<string, bool> fits, string expected)
    {
        if (value is null)
            return null;
        if (Text(value) is not { } name)
        {
            diagnostics.Add(PredictionDiagnostics.Malformed(value.Span, setting, value.Kind, "the name of a column"));
            return null;
        }

        if (columns.FirstOrDefault(column => column.Name == name) is not { } found)
        {
            diagnostics.Add(PredictionDiagnostics.NoColumn(value.Span, name, setting, model, columns.Select(column => column.Name)));
            return null;
        }

        if (fits(found.Underlying))
            return new TypedColumn(found.Name, found.Underlying);
        diagnostics.Add(PredictionDiagnostics.OtherType(value.Span, name, model, found.Type, setting, expected));
        return null;
    }

    /// <summary>Remembers where a feature is written.</summary>
    /// <returns>Whether it is written for the first time.</returns>
    public bool Remember(string feature, SourceSpan span) => _features.TryAdd(feature, span);

    public SourceSpan? SpanOf(string feature) => _features.TryGetValue(feature, out var span) ? span : null;
}
