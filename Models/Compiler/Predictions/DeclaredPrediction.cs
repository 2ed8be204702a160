using Models.Project.Graph;

namespace Models.Compiler.Predictions;

/// <summary>A prediction that is declared beside a model and was checked against the model's columns.</summary>
internal sealed record DeclaredPrediction
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyList<TypedColumn> Entity { get; init; }

    public required TypedColumn Label { get; init; }

    /// <summary>The values of the label that count as true, as text; empty where the column is a boolean or a number of 0 and 1.</summary>
    public required IReadOnlyList<string> Positive { get; init; }

    public TypedColumn? DecisionTime { get; init; }

    public TypedColumn? OutcomeTime { get; init; }

    public int? LabelWindowDays { get; init; }

    public DateTime? ObservedFrom { get; init; }

    /// <summary>When what a row holds was known.</summary>
    public TypedColumn? FeatureTime { get; init; }

    /// <summary>The hours after which a row is stale.</summary>
    public int? TimeToLiveHours { get; init; }

    public required IReadOnlyList<PredictionFeature> Features { get; init; }

    public required IReadOnlyList<(string Name, string Reason)> Excluded { get; init; }

    /// <summary>The model that says when the scores are no longer good enough; null where there is none.</summary>
    public ModelNode? Watch { get; init; }
}

/// <summary>A column and its type as <see cref="Models.Analysis.AnalysedColumn.Underlying"/>.</summary>
internal sealed record TypedColumn(string Name, string Type);

/// <param name="Kind"><c>number</c>, <c>category</c> or <c>boolean</c>.</param>
/// <param name="Role"><c>input</c>, or <c>slice</c> where the model is judged for each of the feature's values too.</param>
/// <param name="OutOfRange"><c>flag</c> or <c>refuse</c>.</param>
internal sealed record PredictionFeature(TypedColumn Column, string Kind, string Role, double? Minimum, double? Maximum, string OutOfRange);
