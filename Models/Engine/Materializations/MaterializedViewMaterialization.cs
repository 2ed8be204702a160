using Models.Database;
using Models.Database.Catalog;
using Models.Database.Definitions;
using Models.Database.Sessions;

namespace Models.Engine.Materializations;

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

        if (context.ExistingType == "materialized_view" && !context.FullRefresh && await CatalogQueries.HasQueryAsync(
            context.Session, context.Target, context.Sql, cancellationToken))
            return await UpdateAsync(context, onChange, cancellationToken);

        if (context.ExistingType is not null)
            context.Run.Observer.Debug($"Applying REPLACE to: {context.Target}");
        var readers = await context.FindReadersAsync(cancellationToken);
        var create = RelationDdl.CreateMaterializedView(context.Intermediate, context.Sql);
        return await context.Session.RunAsync(Replacement.Plan(context, "materialized_view", [create], readers), cancellationToken);
    }

    private static async Task<StatementOutcome> UpdateAsync(BuildContext context, string onChange, CancellationToken cancellationToken)
    {
        var changed = $"The indexes of model '{context.Node.Name}' are no longer those of its materialized view";
        var changes = await IndexDefinition.ChangesAsync(context.Session, context.Target, ConfiguredIndexes.Of(context.Node), cancellationToken);
        if (changes.Count > 0 && onChange == "fail")
            throw new RunException($"{changed}, and on_configuration_change is 'fail'.");

        if (changes.Count > 0 && onChange == "apply")
            context.Run.Observer.Debug($"Applying ALTER to: {context.Target}");
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
                    RelationDdl.RefreshMaterializedView(context.Target),
                    .. RelationFinish.Grants(context, isNew: false),
                    .. RelationFinish.Comments(context, "materialized_view"),
                    .. context.Hooks.Last,
                ],
                After = context.Hooks.AfterTransaction,
            },
            cancellationToken);
}
