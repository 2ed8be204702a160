using Models.Jinja.Rendering;

namespace Models.Project.Graph;

/// <summary>
/// Infers a model's primary key columns as dbt does: those of a primary key constraint, otherwise those with unique and not_null tests, otherwise
/// those with unique tests. Source: docs.getdbt.com/reference/artifacts/manifest-json.
/// </summary>
internal static class PrimaryKey
{
    /// <param name="model">The model.</param>
    /// <param name="tests">The generic tests on it, including disabled ones.</param>
    public static IReadOnlyList<string> Of(ModelNode model, IEnumerable<TestNode> tests)
    {
        if (model.Constraints.FirstOrDefault(c => c.Type == "primary_key") is { } constraint)
            return constraint.Columns;
        if (model.Columns.FirstOrDefault(c => c.Constraints.Any(of => of.Type == "primary_key")) is { } column)
            return [column.Name];

        var tested = tests.SelectMany(t => Columns(t).Select(c => (Column: c, t.TestName, t.Config.Enabled))).ToList();
        var unique = tested.Where(t => t.TestName is "unique" or "unique_combination_of_columns").ToList();
        var notNull = tested.Where(t => t.TestName == "not_null").Select(t => t.Column).ToHashSet(StringComparer.Ordinal);
        List<string>[] candidates =
        [
            [.. unique.Select(t => t.Column).Where(notNull.Contains)],
            [.. unique.Where(t => t.Enabled).Select(t => t.Column)],
            [.. unique.Select(t => t.Column)],
        ];
        return [.. (candidates.FirstOrDefault(c => c.Count > 0) ?? []).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Columns(TestNode test) => test.Arguments.GetValueOrDefault("column_name") is string column
        ? [column]
        : test.Arguments.GetValueOrDefault("combination_of_columns") is JinjaList columns ? columns.OfType<string>() : [];
}
