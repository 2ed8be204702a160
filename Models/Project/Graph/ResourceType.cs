namespace Models.Project.Graph;

/// <summary>dbt's resource types; <see cref="ResourceTypes.Name"/> gives the word used in unique ids and artifacts.</summary>
public enum ResourceType
{
    Model,
    Seed,
    Snapshot,
    Test,
    UnitTest,
    Analysis,
    Operation,
    Source,
    Exposure,
    SemanticModel,
    Metric,
    SavedQuery,
    Function,
}

public static class ResourceTypes
{
    /// <summary>For example <c>model</c> or <c>unit_test</c>.</summary>
    public static string Name(this ResourceType type) => type switch
    {
        ResourceType.Model => "model",
        ResourceType.Seed => "seed",
        ResourceType.Snapshot => "snapshot",
        ResourceType.Test => "test",
        ResourceType.UnitTest => "unit_test",
        ResourceType.Analysis => "analysis",
        ResourceType.Operation => "operation",
        ResourceType.Source => "source",
        ResourceType.Exposure => "exposure",
        ResourceType.SemanticModel => "semantic_model",
        ResourceType.Metric => "metric",
        ResourceType.SavedQuery => "saved_query",
        ResourceType.Function => "function",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, message: null),
    };
}
