using Models.Database.Catalog;
using Models.Database.Definitions;
using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>
/// A table that grows: the first run builds it as a whole; later runs write the query's rows to a temporary table and merge them by a
/// strategy, all in one transaction.
/// </summary>
internal sealed class IncrementalMaterialization : IPlannedMaterialization
{
    public BuildPlan? TryPlan(BuildContext context)
    {
        if (context.ExistingType is not null || Microbatch.Applies(context) || ContractCheck.Applies(context))
            return null;

        _ = IncrementalStrategies.Find(context);
        return TableMaterialization.Plan(context, []);
    }

    public async Task<StatementOutcome> BuildAsync(BuildContext context, CancellationToken cancellationToken)
    {
        await ContractCheck.AssertAsync(context, cancellationToken);
        if (Microbatch.Applies(context))
            return await Microbatch.BuildAsync(context, cancellationToken);

        // an unknown strategy is refused before the first build, not at the second
        var strategy = IncrementalStrategies.Find(context);
        if (context.ExistingType != "table" || context.FullRefresh)
        {
            var readers = await context.FindReadersAsync(cancellationToken);
            return await context.Session.RunAsync(TableMaterialization.Plan(context, readers), cancellationToken);
        }

        foreach (var hook in context.Hooks.BeforeTransaction)
            await context.Session.ExecuteAsync([hook], cancellationToken);

        var outcome = await context.Session.AtomicallyAsync(
            async () =>
            {
                var rows = $"pg_temp.{Relation.Quote(context.Intermediate.Identifier)}";
                await context.Session.ExecuteAsync([.. context.Hooks.First, NewRows(context)], cancellationToken);
                var source = await TableColumns.ReadAsync(context.Session, rows, cancellationToken);
                var target = await TableColumns.ReadAsync(context.Session, context.Target.QuotedName, cancellationToken);
                var change = SchemaChange.Plan(context, source, target);
                await context.Session.ExecuteAsync(change.Statements, cancellationToken);
                var load = await strategy(new IncrementalLoad(context, rows, change.Columns), cancellationToken);
                return await context.Session.ExecuteAsync(
                    [.. load, .. RelationFinish.Grants(context, isNew: false), .. RelationFinish.Comments(context, "table"), .. context.Hooks.Last],
                    cancellationToken);
            },
            cancellationToken);

        foreach (var hook in context.Hooks.AfterTransaction)
            await context.Session.ExecuteAsync([hook], cancellationToken);
        return outcome;
    }

    public static Statement NewRows(BuildContext context) =>
        RelationDdl.CreateTemporaryTable(context.Intermediate.Identifier, context.Sql);
}
