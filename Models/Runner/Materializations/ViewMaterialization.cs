using Models.Runner.Database;
using Npgsql;

namespace Models.Runner.Materializations;

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
            catch (StatementException refused) when (refused.Statement.IsMain && refused.Refusal.SqlState == PostgresErrorCodes.InvalidTableDefinition)
            {
                // other columns than before: the view must be made anew
            }
        }

        var readers = await DependentView.FindAsync(context, cancellationToken);
        return await context.Session.RunAsync(Swap(context, readers), cancellationToken);
    }

    private static BuildPlan ReplaceInPlace(BuildContext context) => new()
    {
        Before = context.Hooks.BeforeTransaction,
        Transaction =
        [
            .. context.Hooks.First,
            Statement.Around($"create or replace view {context.Target.QuotedName} as (\n", context.Sql, "\n)"),
            .. TakeOver(context),
            .. RelationFinish.Grants(context, isNew: context.ExistingType is null),
            .. RelationFinish.Comments(context, "view"),
            .. context.Hooks.Last,
        ],
        After = context.Hooks.AfterTransaction,
        Completed = () => context.Cache.Set(context.Target, "view"),
    };

    // a view reads with its owner's rights, and what it reads is the run's role's from now on
    private static IEnumerable<Statement> TakeOver(BuildContext context) =>
        context.ExistingType is not null && context.Cache.WasOthers(context.Target) ? [$"alter view {context.Target.QuotedName} owner to current_user"] : [];

    private static BuildPlan Swap(BuildContext context, IReadOnlyList<DependentView> readers) =>
        Replacement.Plan(
            context,
            "view",
            [Statement.Around($"create view {context.Intermediate.QuotedName} as (\n", context.Sql, "\n)")],
            readers);
}
