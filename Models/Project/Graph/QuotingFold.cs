using Models.Jinja.Rendering;

namespace Models.Project.Graph;

/// <summary>
/// The <c>quoting</c> setting: a part that is not quoted is printed as it is written, and is the relation that PostgreSQL folds it to.
/// Source: docs.getdbt.com/reference/project-configs/quoting.
/// </summary>
internal static class QuotingFold
{
    /// <param name="relation">The relation as configured.</param>
    /// <param name="settings">From the widest to the narrowest; the last that speaks of a part counts.</param>
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

    /// <summary>Parts are quoted unless a setting says otherwise.</summary>
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
