using System.Globalization;
using System.Text.RegularExpressions;
using Models.Analysis;
using Models.Diagnostics;
using Models.Project.Yaml;

namespace Models.Compiler.Predictions;

/// <summary>Reads one declaration and checks it against the columns of its model; every mistake is reported where it is written.</summary>
internal sealed partial class PredictionReader(string model, IReadOnlyList<AnalysedColumn> columns, DiagnosticBag diagnostics)
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly string[] s_settings =
    [
        "name", "description", "entity", "label", "decision_time", "outcome_time", "label_window", "observed_from", "feature_time", "ttl",
        "features", "exclude", "watch",
    ];

    private readonly PredictionValues _values = new(model, columns, diagnostics);

    /// <summary>Null where there are mistakes.</summary>
    /// <param name="yaml">The mapping below <c>prediction</c>.</param>
    /// <param name="key">The model's <c>meta.leadline.key</c>, which is the entity where the declaration names none.</param>
    public DeclaredPrediction? Read(YamlMapping yaml, YamlValue? key)
    {
        foreach (var entry in yaml.Entries.Where(entry => !s_settings.Contains(entry.Key)))
            diagnostics.Add(PredictionDiagnostics.Unknown(entry.KeySpan, entry.Key, s_settings));

        var name = Name(yaml);
        var entity = Entity(yaml, yaml["entity"] ?? key);
        var (label, positive) = Label(yaml);
        var decision = _values.Column(yaml["decision_time"], "decision_time", ColumnKinds.Times.Contains, "a date or a timestamp");
        var outcome = _values.Column(yaml["outcome_time"], "outcome_time", ColumnKinds.Times.Contains, "a date or a timestamp");
        var window = Window(yaml["label_window"]);
        var featureTime = _values.Column(yaml["feature_time"], "feature_time", ColumnKinds.Times.Contains, "a date or a timestamp");
        var hours = Hours(yaml["ttl"]);
        if (yaml["ttl"] is { } ttl && yaml["feature_time"] is null)
            diagnostics.Add(PredictionDiagnostics.Missing(ttl.Span, model, "feature_time", "the column that says when the row's values were known"));
        if (decision is null && (yaml["label_window"] ?? yaml["outcome_time"]) is { } needing && yaml["decision_time"] is null)
            diagnostics.Add(PredictionDiagnostics.Missing(needing.Span, model, "decision_time", "the column that says when the prediction is made"));

        var features = new PredictionFeatures(_values, diagnostics);
        var declared = features.Read(yaml["features"]);
        if (yaml["features"] is null)
            diagnostics.Add(PredictionDiagnostics.Missing(yaml.Span, model, "features", "the list of columns that a model may look at"));
        var excluded = features.ReadExcluded(yaml["exclude"]);
        CheckLeaks(yaml["features"], declared, label, outcome, entity, excluded);
        return diagnostics.HasErrors || name is null || label is null
            ? null
            : new DeclaredPrediction
            {
                Name = name,
                Description = PredictionValues.Text(yaml["description"]) ?? "",
                Entity = entity,
                Label = label,
                Positive = positive,
                DecisionTime = decision,
                OutcomeTime = outcome,
                LabelWindowDays = window,
                ObservedFrom = Day(yaml["observed_from"]),
                FeatureTime = featureTime,
                TimeToLiveHours = hours,
                Features = declared,
                Excluded = excluded,
            };
    }

    private string? Name(YamlMapping yaml)
    {
        if (PredictionValues.Text(yaml["name"]) is not { } name)
        {
            diagnostics.Add(PredictionDiagnostics.Missing(yaml["name"]?.Span ?? yaml.Span, model, "name", "'name: lead_conversion', for example"));
            return null;
        }

        if (NamePattern().IsMatch(name))
            return name;
        diagnostics.Add(PredictionDiagnostics.Malformed(
            yaml["name"]!.Span, "name", $"'{name}'", "up to 60 lower-case letters, digits and underscores, a letter first: it is part of a path"));
        return null;
    }

    private List<TypedColumn> Entity(YamlMapping yaml, YamlValue? entity)
    {
        var found = new List<TypedColumn>();
        foreach (var one in entity is YamlSequence list ? list.Items : entity is null ? [] : [entity])
        {
            if (_values.Column(one, "entity", ColumnKinds.Keys.Contains, "a whole number, a text, a uuid or a date") is { } column)
                found.Add(column);
        }

        if (entity is null or YamlSequence { Items.Count: 0 })
            diagnostics.Add(PredictionDiagnostics.Missing(
                yaml.Span, model, "entity", "the column, or the list of columns, that tells one entity from another"));
        return found;
    }

    /// <summary><c>label: is_customer</c>, or <c>label: {column: outcome, positive: [won, renewed]}</c>.</summary>
    private (TypedColumn? Column, IReadOnlyList<string> Positive) Label(YamlMapping yaml)
    {
        switch (yaml["label"])
        {
            case null:
                diagnostics.Add(PredictionDiagnostics.Missing(yaml.Span, model, "label", "the column that is to be predicted"));
                return (null, []);
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries.Where(entry => entry.Key is not ("column" or "positive")))
                    diagnostics.Add(PredictionDiagnostics.Unknown(entry.KeySpan, entry.Key, ["column", "positive"]));
                var positive = mapping["positive"] switch
                {
                    YamlSequence list => list.Items.Select(PredictionValues.Text).OfType<string>().ToList(),
                    { } one when PredictionValues.Text(one) is { } text => [text],
                    _ => [],
                };
                if (mapping["column"] is null || positive.Count == 0)
                    diagnostics.Add(PredictionDiagnostics.Malformed(mapping.Span, "label", "incomplete", "{column: outcome, positive: won}, for example"));
                return (_values.Column(mapping["column"], "label", type => ColumnKinds.Of(type) is not null, "a text, a number or a boolean"), positive);
            case var written:
                return (_values.Column(
                    written, "label", type => type == "boolean" || ColumnKinds.Numbers.Contains(type),
                    "a boolean, or a number of 0 and 1; for a text say 'label: {column: outcome, positive: won}'"), []);
        }
    }

    private int? Window(YamlValue? value)
    {
        if (value is null)
            return null;
        if (PredictionValues.Text(value) is { } text && WindowPattern().Match(text) is { Success: true } match
            && int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 3660)
            return days;
        diagnostics.Add(PredictionDiagnostics.Malformed(value.Span, "label_window", PredictionValues.Shown(value), "a number of days, for example '30 days'"));
        return null;
    }

    private int? Hours(YamlValue? value)
    {
        if (value is null)
            return null;
        if (PredictionValues.Text(value) is { } text && HoursPattern().Match(text) is { Success: true } match
            && int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            return match.Groups["unit"].Value[0] == 'd' ? number * 24 : number;
        diagnostics.Add(PredictionDiagnostics.Malformed(value.Span, "ttl", PredictionValues.Shown(value), "a time, for example '36 hours' or '2 days'"));
        return null;
    }

    private DateTime? Day(YamlValue? value)
    {
        if (value is null)
            return null;
        if (DateTime.TryParse(PredictionValues.Text(value), CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        diagnostics.Add(PredictionDiagnostics.Malformed(value.Span, "observed_from", PredictionValues.Shown(value), "a day, for example '2023-01-31'"));
        return null;
    }

    /// <summary>What is predicted, or comes with it, is no feature; nor is what was excluded for a reason.</summary>
    private void CheckLeaks(
        YamlValue? features, List<PredictionFeature> declared, TypedColumn? label, TypedColumn? outcome, List<TypedColumn> entity,
        List<(string Name, string Reason)> excluded)
    {
        foreach (var feature in declared.Select(feature => feature.Column))
        {
            var other = feature == label ? "the label"
                : feature == outcome ? "the outcome's time"
                : entity.Contains(feature) ? "the entity's key"
                : excluded.Exists(one => one.Name == feature.Name) ? "left out"
                : null;
            if (other is not null)
                diagnostics.Add(PredictionDiagnostics.Twice(_values.SpanOf(feature.Name) ?? features!.Span, feature.Name, "a feature", other));
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,59}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex("^(?<number>[0-9]{1,5}) ?(?<unit>d|days?|h|hours?)$", Plain, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HoursPattern();

    [GeneratedRegex("^(?<number>[0-9]{1,5}) ?(d|days?)?$", Plain, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WindowPattern();
}
