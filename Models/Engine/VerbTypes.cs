using Models.Project.Graph;

namespace Models.Engine;

/// <summary>Which resource types each verb runs.</summary>
internal static class VerbTypes
{
    /// <summary>The types that <c>ls</c> lists.</summary>
    public static IReadOnlySet<ResourceType> Listed { get; } = new HashSet<ResourceType>
    {
        ResourceType.Model, ResourceType.Seed, ResourceType.Snapshot, ResourceType.Test, ResourceType.UnitTest,
        ResourceType.Source, ResourceType.Exposure, ResourceType.Analysis, ResourceType.SemanticModel, ResourceType.Metric, ResourceType.SavedQuery,
        ResourceType.Function,
    };

    public static IReadOnlySet<ResourceType> Of(RunVerb verb) => verb switch
    {
        RunVerb.Build => new HashSet<ResourceType>
        {
            ResourceType.Model, ResourceType.Seed, ResourceType.Snapshot, ResourceType.Test, ResourceType.UnitTest,
            ResourceType.Exposure, ResourceType.SavedQuery, ResourceType.Function,
        },
        RunVerb.Run => new HashSet<ResourceType> { ResourceType.Model },
        RunVerb.Test => new HashSet<ResourceType> { ResourceType.Test, ResourceType.UnitTest },
        RunVerb.Seed => new HashSet<ResourceType> { ResourceType.Seed },
        RunVerb.Snapshot => new HashSet<ResourceType> { ResourceType.Snapshot },
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, message: null),
    };
}
