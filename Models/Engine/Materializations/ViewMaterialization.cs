using Models.Database.Catalog;
using Models.Database.Definitions;
using Models.Database.Sessions;

namespace Models.Engine.Materializations;

/// <summary>
/// A view. The server replaces a view in place as long as its columns stay and new ones come last; otherwise the view is swapped.
/// </summary>
internal sealed class ViewMaterialization : IPlannedMaterialization
{
    public BuildPlan? TryPlan(BuildContext context) => context.ExistingType switch
    {
        _ when ContractCheck.Applies(context) => null,
        null or "view" => ReplaceInPlace(context),
        _ when !context.Cache.HadDependents(context.Target) => Swap(context, []),
        _ => null,
    };

    public async Task<StatementOutcome> BuildAsync(BuildContext context, CancellationToken cancellationToken)
    {
        await ContractCheck.AssertAsync(context, cancellationToken);
        if (context.ExistingType is null or "view")
        {
            try
            {
                return await context.Session.RunAsync(ReplaceInPlace(context), cancellationToken);
            }
            catch (StatementException refused) when (refused.Statement.IsMain && refused.ChangesViewColumns)
            {
                // the columns differ: the view has to be created again
            }
        }

        var readers = await context.FindReadersAsync(cancellationToken);
        return await context.Session.RunAsync(Swap(context, readers), cancellationToken);
    }

    private static BuildPlan ReplaceInPlace(BuildContext context) => new()
    {
        Before = context.Hooks.BeforeTransaction,
        Transaction =
        [
            .. context.Hooks.First,
            RelationDdl.ReplaceView(context.Target, context.Sql),
            .. TakeOver(context),
            .. RelationFinish.Grants(context, isNew: context.ExistingType is null),
            .. RelationFinish.Comments(context, "view"),
            .. context.Hooks.Last,
        ],
        After = context.Hooks.AfterTransaction,
        Completed = () => context.Cache.Set(context.Target, "view"),
    };

    // a view reads with the rights of its owner, and the relations that it reads now belong to the role of the run
    private static IEnumerable<Statement> TakeOver(BuildContext context) =>
        context.ExistingType is not null && context.Cache.WasOthers(context.Target) ? [RelationDdl.TakeOver(context.Target)] : [];

    private static BuildPlan Swap(BuildContext context, IReadOnlyList<DependentView> readers) =>
        Replacement.Plan(
            context,
            "view",
            [RelationDdl.CreateView(context.Intermediate, context.Sql)],
            readers);
}
