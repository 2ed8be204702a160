using Models.Project.Graph;
using Models.Runner.Database;
using Npgsql;

namespace Models.Runner.Materializations;

/// <summary>
/// A materialized view: refreshed while its query stays the same, made anew and swapped when the query, or what it reads, changed. What
/// becomes of changed indexes is said by <c>on_configuration_change</c>. Source: docs.getdbt.com/reference/resource-configs/on_configuration_change.
/// </summary>
internal sealed class MaterializedViewMaterialization : IMaterialization
{
    public async Task<StatementOutcome> BuildAsync(BuildContext context, CancellationToken cancellationToken)
    {
        var onChange = context.Node.Config.GetString("on_configuration_change") ?? "apply";
        if (onChange is not ("apply" or "continue" or "fail"))
            throw new RunException($"Model '{context.Node.Name}' has on_configuration_change '{onChange}'; it is apply, continue or fail.");

        if (context.ExistingType == "materialized_view" && !context.FullRefresh && await IsSameAsync(context, cancellationToken))
            return await UpdateAsync(context, onChange, cancellationToken);

        var readers = await DependentView.FindAsync(context, cancellationToken);
        var create = Statement.Around($"create materialized view {context.Intermediate.QuotedName} as (\n", context.Sql, "\n)");
        return await context.Session.RunAsync(Replacement.Plan(context, "materialized_view", [create], readers), cancellationToken);
    }

    private static async Task<StatementOutcome> UpdateAsync(BuildContext context, string onChange, CancellationToken cancellationToken)
    {
        var changed = $"The indexes of model '{context.Node.Name}' are no longer those of its materialized view";
        var changes = await IndexDefinition.ChangesAsync(context, cancellationToken);
        if (changes.Count > 0 && onChange == "fail")
            throw new RunException($"{changed}, and on_configuration_change is 'fail'.");

        if (changes.Count == 0 || onChange == "apply")
            return await RefreshAsync(context, changes, cancellationToken);

        context.Run.Observer.Message($"{changed}, which stays as it is: on_configuration_change is 'continue'.", isWarning: true);
        await context.Session.RunAsync(
            new BuildPlan
            {
                Before = context.Hooks.BeforeTransaction,
                Transaction = [.. context.Hooks.First, .. context.Hooks.Last],
                After = context.Hooks.AfterTransaction,
            },
            cancellationToken);
        return new StatementOutcome("skip", -1);
    }

    private static Task<StatementOutcome> RefreshAsync(BuildContext context, IReadOnlyList<Statement> changes, CancellationToken cancellationToken) =>
        context.Session.RunAsync(
            new BuildPlan
            {
                Before = context.Hooks.BeforeTransaction,
                Transaction =
                [
                    .. context.Hooks.First,
                    .. changes,
                    new Statement($"refresh materialized view {context.Target.QuotedName}") { IsMain = true },
                    .. RelationFinish.Grants(context, isNew: false),
                    .. RelationFinish.Comments(context, "materialized_view"),
                    .. context.Hooks.Last,
                ],
                After = context.Hooks.AfterTransaction,
            },
            cancellationToken);

    /// <summary>
    /// Lets the server print both queries, the old one and the new one: what it prints names relations by what they are called now,
    /// so a view on a replaced table differs too.
    /// </summary>
    private static async Task<bool> IsSameAsync(BuildContext context, CancellationToken cancellationToken)
    {
        var probe = $"pg_temp.{Relation.Quote(RelationNames.WithSuffix(context.Target, "__dbt_probe").Identifier)}";
        try
        {
            await context.Session.ExecuteAsync(
                ["begin", Statement.Around($"create temporary view {probe["pg_temp.".Length..]} as (\n", context.Sql, "\n)", isMain: false)],
                cancellationToken);
            await using var command = new NpgsqlCommand(
                "select pg_catalog.pg_get_viewdef(pg_catalog.to_regclass($1)) = pg_catalog.pg_get_viewdef(pg_catalog.to_regclass($2))",
                await context.Session.OpenAsync(cancellationToken))
            {
                Parameters = { new NpgsqlParameter<string> { TypedValue = context.Target.QuotedName }, new NpgsqlParameter<string> { TypedValue = probe } },
            };
            return await command.ExecuteScalarAsync(cancellationToken) is true;
        }
        finally
        {
            await context.Session.RollbackAsync();
        }
    }
}
