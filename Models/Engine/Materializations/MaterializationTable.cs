using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>Every built-in materialization by its name.</summary>
internal static class MaterializationTable
{
    /// <summary>Those that the configuration of a model names.</summary>
    private static readonly Dictionary<string, IMaterialization> OfModels = new(StringComparer.Ordinal)
    {
        ["view"] = new ViewMaterialization(),
        ["table"] = new TableMaterialization(),
        ["incremental"] = new IncrementalMaterialization(),
        ["materialized_view"] = new MaterializedViewMaterialization(),
    };

    /// <summary>Those of the other kinds of nodes, each of which has one.</summary>
    private static readonly Dictionary<string, IMaterialization> OfOthers = new(StringComparer.Ordinal)
    {
        ["seed"] = new SeedMaterialization(),
        ["snapshot"] = new SnapshotMaterialization(),
        ["function"] = new FunctionMaterialization(),
    };

    /// <summary>The names that the configuration of a model may use.</summary>
    public static IEnumerable<string> Names => OfModels.Keys.Append("ephemeral").Order(StringComparer.Ordinal);

    public static IMaterialization? Find(Node node, string name) => (node is ModelNode ? OfModels : OfOthers).GetValueOrDefault(name);
}
