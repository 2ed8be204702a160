using Models.Runner.Execution;
using Npgsql;

namespace Models.Runner.Materializations;

/// <summary>
/// A materialised view: refreshed while its query stays the same, made anew and swapped when the query, or what it reads, changed.
/// </summary>
internal sealed class MaterializedViewMaterialization : IMaterialization
{
    public async Task<StatementOutcome> BuildAsync(BuildContext context, CancellationToken cancellationToken)
    {
        if (context.ExistingType == "materialized_view" && !context.FullRefresh && await IsSameAsync(context, cancellationToken))
            return await RefreshAsync(context, cancellationToken);

        var readers = await DependentView.FindAsync(context, cancellationToken);
        var create = Statement.Around($"create materialized view {context.Intermediate.QuotedName} as (\n", context.Sql, "\n)");
        return await context.Session.RunAsync(Replacement.Plan(context, "materialized_view", [create], readers), cancellationToken);
    }

    private static Task<StatementOutcome> RefreshAsync(BuildContext context, CancellationToken cancellationToken) =>
        context.Session.RunAsync(
            new BuildPlan
            {
                Before = context.Hooks.BeforeTransaction,
                Transaction =
                [
                    .. context.Hooks.First,
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
        var probe = $"pg_temp.{Models.Compiler.Graph.Relation.Quote(RelationNames.WithSuffix(context.Target, "__dbt_probe").Identifier)}";
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
