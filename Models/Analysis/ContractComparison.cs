using Models.Analysis.Diagnostics;
using Models.Diagnostics;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Analysis;

/// <summary>
/// Compares a model's columns with its enforced contract: the names must be equal, and the types must agree according to <see cref="ContractTypes"/>.
/// Source: dbt documentation, Model contracts.
/// </summary>
internal static class ContractComparison
{
    public static void AddTo(DigestBuilder key, ModelNode model)
    {
        foreach (var column in model.Columns)
            key.Add(column.Name).Add(column.DataType);
    }

    public static bool IsTyped(ModelNode model) => model.Columns.Count > 0 && model.Columns.All(c => c.DataType is not null);

    /// <summary>A table of the promised columns, from which PostgreSQL's spelling of their types is read.</summary>
    public static AnalysisStatement Table(ModelNode model, RelationKey name)
    {
        var columns = string.Join(", ", model.Columns.Select(c => $"{Relation.Quote(c.ServerName)} {c.DataType}"));
        return new AnalysisStatement(model, $"create table {name} ({columns})", 0);
    }

    /// <param name="model">The model with its contract.</param>
    /// <param name="produced">The columns of its query.</param>
    /// <param name="promised">The columns of <see cref="Table"/>; null if the contract has no types.</param>
    public static IEnumerable<Diagnostic> Check(
        ModelNode model, IReadOnlyList<AnalysedColumn> produced, IReadOnlyList<AnalysedColumn>? promised)
    {
        var owner = NodeNames.Of(model);
        foreach (var declared in model.Columns)
        {
            var column = produced.FirstOrDefault(c => ColumnChecks.Same(c.Name, declared));
            var promise = promised?.FirstOrDefault(c => c.Name == declared.ServerName);
            var place = declared.Span ?? model.Span;
            if (column is null)
                yield return SqlDiagnostics.ContractMissing(place, owner, declared.Name, NearName.Hint(declared.Name, produced.Select(c => c.Name)));
            else if (declared.DataType is null)
                yield return SqlDiagnostics.ContractUntyped(place, owner, declared.Name, column.Type);
            else if (promise is not null && !ContractTypes.Agree(promise.Type, column.Type))
                yield return SqlDiagnostics.ContractType(place, owner, declared.Name, promise.Type, column.Type);
            else if (promise is not null && model.Materialized != "view" && ContractTypes.Rounds(promise.Type, column.Type))
                yield return SqlDiagnostics.ContractRounds(place, owner, declared.Name, promise.Type, column.Type);
        }

        foreach (var column in produced)
        {
            if (!model.Columns.Any(c => ColumnChecks.Same(column.Name, c)))
                yield return SqlDiagnostics.ContractExtra(model.Span, owner, column.Name, column.Type);
        }
    }
}
