using System.Globalization;
using Models.Diagnostics;
using Models.Project.Yaml;

namespace Models.Compiler.Predictions;

/// <summary>Reads the lists <c>features</c> and <c>exclude</c> of a declaration.</summary>
internal sealed class PredictionFeatures(PredictionValues values, DiagnosticBag diagnostics)
{
    private const string AnyFeature = "a number, a text, a boolean, an enum or a uuid";

    private static readonly string[] s_settings = ["name", "type", "role", "range", "out_of_range"];
    private static readonly string[] s_kinds = [ColumnKinds.Number, ColumnKinds.Category, ColumnKinds.Boolean];

    /// <summary>Each item is a column's name, or <c>{name: calls, type: number, role: input, range: [0, 500], out_of_range: flag}</c>.</summary>
    public List<PredictionFeature> Read(YamlValue? list)
    {
        var features = new List<PredictionFeature>();
        foreach (var item in Items(list, "features"))
        {
            if (item is YamlMapping mapping)
            {
                foreach (var entry in mapping.Entries.Where(entry => !s_settings.Contains(entry.Key)))
                    diagnostics.Add(PredictionDiagnostics.Unknown(entry.KeySpan, entry.Key, s_settings));
            }

            if (Feature(item) is not { } feature)
                continue;
            if (values.Remember(feature.Column.Name, item.Span))
                features.Add(feature);
            else
                diagnostics.Add(PredictionDiagnostics.Twice(item.Span, feature.Column.Name, "a feature", "a feature"));
        }

        return features;
    }

    /// <summary>Each item is <c>{name: trial_booked, reason: ...}</c>; the column need not be there.</summary>
    public List<(string Name, string Reason)> ReadExcluded(YamlValue? list)
    {
        var excluded = new List<(string, string)>();
        foreach (var item in Items(list, "exclude"))
        {
            if (item is YamlMapping mapping && PredictionValues.Text(mapping["name"]) is { } name && PredictionValues.Text(mapping["reason"]) is { } reason)
                excluded.Add((name, reason.Trim()));
            else
                diagnostics.Add(PredictionDiagnostics.Malformed(
                    item.Span, "exclude", PredictionValues.Shown(item), "{name: a_column, reason: why it stays out}"));
        }

        return excluded;
    }

    private IReadOnlyList<YamlValue> Items(YamlValue? value, string setting)
    {
        if (value is YamlSequence list)
            return list.Items;
        if (value is not null)
            diagnostics.Add(PredictionDiagnostics.Malformed(value.Span, setting, PredictionValues.Shown(value), "a list"));
        return [];
    }

    private PredictionFeature? Feature(YamlValue item)
    {
        var mapping = item as YamlMapping;
        if (mapping is not null && mapping["name"] is null)
        {
            diagnostics.Add(PredictionDiagnostics.Malformed(item.Span, "features", "without a name", "{name: a_column}"));
            return null;
        }

        var kind = Choice(mapping, "type", s_kinds);
        var column = kind is null
            ? values.Column(mapping?["name"] ?? item, "features", type => ColumnKinds.Of(type) is not null, AnyFeature)
            : values.Column(mapping!["name"], "features", type => ColumnKinds.Fits(type, kind), $"what can be a {kind}");
        if (column is null)
            return null;

        kind ??= ColumnKinds.Of(column.Type)!;
        var (minimum, maximum) = Range(mapping?["range"], kind);
        return new PredictionFeature(
            column, kind, Choice(mapping, "role", ["input", "slice"]) ?? "input", minimum, maximum,
            Choice(mapping, "out_of_range", ["flag", "refuse"]) ?? "flag");
    }

    private string? Choice(YamlMapping? mapping, string setting, string[] choices)
    {
        if (mapping?[setting] is not { } value)
            return null;
        if (PredictionValues.Text(value) is { } text && choices.Contains(text))
            return text;
        diagnostics.Add(PredictionDiagnostics.Malformed(
            value.Span, setting, PredictionValues.Shown(value), string.Join(", ", choices[..^1].Select(choice => $"'{choice}'")) + $" or '{choices[^1]}'"));
        return null;
    }

    private (double? Minimum, double? Maximum) Range(YamlValue? value, string kind)
    {
        if (value is null)
            return (null, null);
        if (kind == ColumnKinds.Number && value is YamlSequence { Items: [var from, var to] } && Bound(from, out var minimum) && Bound(to, out var maximum)
            && !(minimum > maximum))
            return (minimum, maximum);
        diagnostics.Add(PredictionDiagnostics.Malformed(
            value.Span, "range", kind == ColumnKinds.Number ? PredictionValues.Shown(value) : $"given for a {kind}",
            "[lowest, highest] of a number, with null where there is no bound"));
        return (null, null);
    }

    private static bool Bound(YamlValue value, out double? bound)
    {
        bound = null;
        if (value is YamlScalar { IsNull: true })
            return true;
        if (!double.TryParse(PredictionValues.Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return false;
        bound = number;
        return true;
    }
}
