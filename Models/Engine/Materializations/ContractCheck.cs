using Models.Analysis.Diagnostics;
using Models.Database;
using Models.Database.Sessions;
using Models.Diagnostics;
using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>An enforced contract: the query's columns must be exactly those declared. Source: dbt's page on model contracts.</summary>
internal static class ContractCheck
{
    public static bool Applies(BuildContext context) => context.Node is ModelNode { ContractEnforced: true };

    /// <exception cref="RunException">A column is missing, not declared, or of another type; all of them are named.</exception>
    public static async Task AssertAsync(BuildContext context, CancellationToken cancellationToken)
    {
        if (!Applies(context))
            return;

        var found = await context.Session.DescribeAsync($"select * from (\n{context.Sql}\n) as dbt_contract limit 0", cancellationToken);
        var casts = string.Join(", ", context.Node.Columns.Select(c => $"null::{c.DataType ?? throw Untyped(context, c)} as {Relation.Quote(c.ServerName)}"));
        var declared = await context.Session.DescribeAsync($"select {casts} limit 0", cancellationToken);
        var problems = new List<string>();
        var rounding = new List<Diagnostic>();
        foreach (var (name, type) in declared)
        {
            if (!found.TryGetValue(name, out var actual))
                problems.Add($"'{name}' is missing in definition: it is declared and not in the query");
            else if (!ContractTypes.Agree(type, actual))
                problems.Add($"'{name}' is declared {type} and is {actual} (data type mismatch)");
            else if (context.Node is ModelNode { Materialized: not "view" } && ContractTypes.Rounds(type, actual))
                rounding.Add(Rounded(context, name, type, actual));
        }

        problems.AddRange(found.Keys.Where(name => !declared.ContainsKey(name))
            .Select(name => $"'{name}' is missing in contract: it is in the query and not declared"));
        if (problems.Count > 0)
            throw new RunException($"{context.Node.OriginalFilePath}: This model has an enforced contract that failed: {string.Join("; ", problems)}.");

        foreach (var warning in rounding)
            context.Run.Project.Diagnostics.Add(warning);
    }

    private static Diagnostic Rounded(BuildContext context, string name, string type, string actual)
    {
        var column = context.Node.Columns.FirstOrDefault(c => c.ServerName == name);
        return SqlDiagnostics.ContractRounds(column?.Span ?? context.Node.Span, $"model '{context.Node.Name}'", name, column?.DataType ?? type, actual);
    }

    private static RunException Untyped(BuildContext context, ColumnDefinition column) =>
        new($"{context.Node.OriginalFilePath}: the contract of '{context.Node.Name}' declares no data_type for '{column.Name}'.");
}
