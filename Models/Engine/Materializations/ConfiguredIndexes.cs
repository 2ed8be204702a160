using Models.Database;
using Models.Database.Catalog;
using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>The <c>indexes</c> configuration. Source: docs.getdbt.com/reference/resource-configs/postgres-configs.</summary>
internal static class ConfiguredIndexes
{
    /// <exception cref="RunException">One of them names no columns.</exception>
    public static IEnumerable<IndexDefinition> Of(RelationNode node)
    {
        foreach (var index in ConfigValues.Maps(node.Config, "indexes"))
        {
            var columns = ConfigValues.Strings(index.GetValueOrDefault("columns"));
            if (columns.Count == 0)
                throw new RunException($"An index of '{node.Name}' names no columns: write indexes: [{{columns: [id]}}].");

            yield return new IndexDefinition(
                string.Join(", ", columns.Select(c => Column(node, c))),
                index.GetValueOrDefault("unique") is true,
                index.GetValueOrDefault("type") as string ?? IndexDefinition.DefaultMethod);
        }
    }

    // a name in capitals is one that the query may have quoted
    private static string Column(RelationNode node, string name) =>
        node.Columns.FirstOrDefault(c => c.Name == name) is { Quote: true } ? Relation.Quote(name) : Relation.ColumnOf(name);
}
