using Models.Jinja.Rendering;

namespace Models.Project.Graph;

/// <summary>
/// The <c>quoting</c> setting: an unquoted part is printed as written, and refers to the relation whose name PostgreSQL folds it to. Source:
/// docs.getdbt.com/reference/project-configs/quoting.
/// </summary>
internal static class QuotingFold
{
    /// <param name="relation">The relation as configured.</param>
    /// <param name="settings">From the widest to the narrowest; the last one that configures a part applies.</param>
    public static Relation Apply(Relation relation, params ReadOnlySpan<JinjaDict?> settings)
    {
        var quotesDatabase = IsQuoted("database", settings);
        var quotesSchema = IsQuoted("schema", settings);
        var quotesIdentifier = IsQuoted("identifier", settings);
        if (quotesDatabase && quotesSchema && quotesIdentifier)
            return relation;

        return new Relation(
            quotesDatabase ? relation.Database : Relation.Fold(relation.Database),
            quotesSchema ? relation.Schema : Relation.Fold(relation.Schema),
            quotesIdentifier ? relation.Identifier : Relation.Fold(relation.Identifier))
        {
            Spelling = new RelationSpelling(
                quotesDatabase ? null : relation.Database,
                quotesSchema ? null : relation.Schema,
                quotesIdentifier ? null : relation.Identifier),
        };
    }

    /// <summary>A part is quoted unless a setting disables it.</summary>
    public static bool IsQuoted(string part, params ReadOnlySpan<JinjaDict?> settings)
    {
        for (var i = settings.Length - 1; i >= 0; i--)
        {
            if (settings[i] is { } setting && setting.TryGetValue(part, out var value) && value is bool isQuoted)
                return isQuoted;
        }

        return true;
    }
}
