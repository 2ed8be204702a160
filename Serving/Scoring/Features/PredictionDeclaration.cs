using System.Text.Json;

namespace Serving.Scoring.Features;

/// <summary>
/// A prediction as it is declared beside its model (<c>meta: {leadline: {prediction: ...}}</c>) and was checked by the build: the entity, what is
/// predicted of it, and what a model may look at.
/// </summary>
/// <param name="Name">Part of the path <c>/predict/{name}</c>, and the name its models have in the registry.</param>
/// <param name="Target">The target schema the project was compiled for, used where a connection names none.</param>
/// <param name="Schema">The relation's schema: below the target, or whole where <paramref name="IsFixedSchema"/>.</param>
/// <param name="Entity">The columns that together tell one entity from another.</param>
/// <param name="Positive">The values of the label that count as true; empty where it is a boolean or a number of 0 and 1.</param>
/// <param name="DecisionTime">When the prediction is made of an entity; null where no time is known.</param>
/// <param name="OutcomeTime">When the outcome came; null in rows of entities without one.</param>
/// <param name="LabelWindowDays">Within how many days of the decision the outcome must come; null for any time.</param>
/// <param name="ObservedFrom">The first day whose outcomes are in the data; null where all are.</param>
/// <param name="FeatureTime">When what a row holds was known; null where that is not known.</param>
/// <param name="TimeToLiveHours">How many hours later a row is stale; null for never.</param>
/// <param name="Watch">Where it stands which measures of a trained model are beyond their limits; null where nothing watches.</param>
public sealed record PredictionDeclaration(
    string Name,
    string Description,
    string Target,
    string Schema,
    bool IsFixedSchema,
    string Relation,
    IReadOnlyList<DeclaredColumn> Entity,
    DeclaredColumn Label,
    IReadOnlyList<string> Positive,
    IReadOnlyList<DeclaredFeature> Features,
    IReadOnlyList<ExcludedColumn> Excluded,
    DeclaredColumn? DecisionTime = null,
    DeclaredColumn? OutcomeTime = null,
    int? LabelWindowDays = null,
    DateTime? ObservedFrom = null,
    DeclaredColumn? FeatureTime = null,
    int? TimeToLiveHours = null,
    DeclaredRelation? Watch = null)
{
    /// <summary>The features in the order of a <see cref="FeatureVector"/>.</summary>
    public FeatureSchema FeatureSchema { get; } = FeatureSchema.Of(Features);

    /// <summary>Where its rows are.</summary>
    public DeclaredRelation Place => new(Schema, IsFixedSchema, Relation);

    /// <summary>Reads what the compiler wrote.</summary>
    public static PredictionDeclaration Parse(string json) =>
        JsonSerializer.Deserialize(json, DeclarationJson.Default.PredictionDeclaration) ?? throw new InvalidDataException("A declared prediction is empty.");
}

/// <summary>A table or view of the models.</summary>
/// <param name="Schema">Below the target, or whole where <paramref name="IsFixedSchema"/>.</param>
public sealed record DeclaredRelation(string Schema, bool IsFixedSchema, string Relation);
