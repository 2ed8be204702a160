namespace Models.Engine.Materializations;

/// <summary>Every built-in materialization by the name a configuration uses.</summary>
internal static class MaterializationTable
{
    private static readonly Dictionary<string, IMaterialization> BuiltIn = new(StringComparer.Ordinal)
    {
        ["view"] = new ViewMaterialization(),
        ["table"] = new TableMaterialization(),
        ["incremental"] = new IncrementalMaterialization(),
        ["materialized_view"] = new MaterializedViewMaterialization(),
        ["seed"] = new SeedMaterialization(),
        ["snapshot"] = new SnapshotMaterialization(),
        ["function"] = new FunctionMaterialization(),
    };

    public static IMaterialization? Find(string name) => BuiltIn.GetValueOrDefault(name);

    public static IEnumerable<string> Names => BuiltIn.Keys.Append("ephemeral").Order(StringComparer.Ordinal);
}
