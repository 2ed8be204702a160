using System.Globalization;
using Models.Analysis.Diagnostics;
using Models.Diagnostics;
using Models.Project.Graph;

namespace Models.Analysis;

/// <summary>Checks columns of nodes for errors that PostgreSQL does not report.</summary>
internal static class ColumnChecks
{
    private const string NamelessColumn = "?column?";

    public static IEnumerable<Diagnostic> Unnamed(RelationNode node, IReadOnlyList<AnalysedColumn> columns)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Name == NamelessColumn)
                yield return SqlDiagnostics.UnnamedColumn(node.Span, (i + 1).ToString(CultureInfo.InvariantCulture), NodeNames.Of(node));
        }
    }

    /// <summary>
    /// A later run inserts by name into the columns of the first run: a missing column is an error, a column with another type may be one, and an
    /// additional column is ignored.
    /// </summary>
    public static IEnumerable<Diagnostic> Incremental(
        ModelNode model, IReadOnlyList<AnalysedColumn> first, IReadOnlyList<AnalysedColumn> later)
    {
        var missing = first.ExceptBy(later.Select(c => c.Name), c => c.Name).Select(c => $"'{c.Name}' is missing").ToList();
        if (missing.Count > 0)
            yield return SqlDiagnostics.IncrementalColumns(model.Span, model.Name, string.Join(", ", missing));

        var other = later.ExceptBy(first.Select(c => c.Name), c => c.Name).Select(c => $"'{c.Name}' is additional")
            .Concat(
                from before in first
                join after in later on before.Name equals after.Name
                where before.Type != after.Type
                select $"'{before.Name}' is {after.Type} instead of {before.Type}")
            .ToList();
        if (other.Count > 0)
            yield return SqlDiagnostics.IncrementalTypes(model.Span, model.Name, string.Join(", ", other));
    }

    /// <summary>Reports columns that the properties describe but the relation lacks.</summary>
    public static IEnumerable<Diagnostic> Declared(RelationNode node, IReadOnlyList<AnalysedColumn> columns)
    {
        if (node is ModelNode { ContractEnforced: true } or SourceNode)
            yield break;

        foreach (var declared in node.Columns)
        {
            if (!columns.Any(c => Same(c.Name, declared)))
                yield return SqlDiagnostics.DeclaredColumn(
                    declared.Span ?? node.Span, declared.Name, NodeNames.Of(node), NearName.Hint(declared.Name, columns.Select(c => c.Name)));
        }
    }

    /// <summary>An unquoted name in a properties file is folded to lower case, as in SQL.</summary>
    public static bool Same(string column, ColumnDefinition declared) =>
        column == declared.ServerName || (!declared.Quote && string.Equals(column, declared.Name, StringComparison.OrdinalIgnoreCase));
}
