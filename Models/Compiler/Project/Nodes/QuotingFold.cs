using Models.Compiler.Graph;
using Models.Compiler.Templates.Rendering;

namespace Models.Compiler.Project.Nodes;

/// <summary>
/// The <c>quoting</c> setting. We always quote; a name that dbt would leave unquoted is therefore given the form that PostgreSQL folds
/// it to, which is the same relation. Source: docs.getdbt.com/reference/project-configs/quoting.
/// </summary>
internal static class QuotingFold
{
    /// <param name="relation">The relation as configured.</param>
    /// <param name="settings">From the widest to the narrowest; the last that speaks of a part counts.</param>
    public static Relation Apply(Relation relation, params ReadOnlySpan<JinjaDict?> settings) =>
        new(Part(relation.Database, "database", settings), Part(relation.Schema, "schema", settings), Part(relation.Identifier, "identifier", settings));

    private static string Part(string name, string key, ReadOnlySpan<JinjaDict?> settings)
    {
        for (var i = settings.Length - 1; i >= 0; i--)
        {
            if (settings[i] is { } setting && setting.TryGetValue(key, out var value) && value is bool isQuoted)
                return isQuoted ? name : name.ToLowerInvariant();
        }

        return name;
    }
}
