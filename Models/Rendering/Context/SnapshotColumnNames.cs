using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Rendering.Context;

/// <summary>
/// The names of the columns that a snapshot adds: dbt's names, overridden by the project's settings. Source:
/// docs.getdbt.com/reference/resource-configs/snapshot_meta_column_names.
/// </summary>
internal static class SnapshotColumnNames
{
    /// <summary>The setting that templates read.</summary>
    public const string Setting = "snapshot_table_column_names";

    private static readonly string[] s_names = ["dbt_valid_from", "dbt_valid_to", "dbt_scd_id", "dbt_updated_at", "dbt_is_deleted"];

    public static JinjaDict Of(SnapshotNode snapshot)
    {
        var names = new JinjaDict();
        foreach (var name in s_names)
            names[name] = name;

        foreach (var setting in (ReadOnlySpan<string>)["snapshot_meta_column_names", Setting])
        {
            snapshot.Config.TryGet(setting, out var own);
            foreach (var (name, value) in MappingValue.Entries(own))
            {
                if (value is not null)
                    names[name] = value;
            }
        }

        return names;
    }
}
