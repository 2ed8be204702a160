using Models.Database.Catalog;
using Models.Database.Sessions;

namespace Models.Engine.Materializations;

/// <summary>A table, made anew each time.</summary>
internal sealed class TableMaterialization : IPlannedMaterialization
{
    public BuildPlan? TryPlan(BuildContext context) =>
        (context.ExistingType is not null && context.Cache.HadDependents(context.Target)) || ContractCheck.Applies(context) ? null : Plan(context, []);

    public async Task<StatementOutcome> BuildAsync(BuildContext context, CancellationToken cancellationToken)
    {
        await ContractCheck.AssertAsync(context, cancellationToken);
        var readers = await context.FindReadersAsync(cancellationToken);
        return await context.Session.RunAsync(Plan(context, readers), cancellationToken);
    }

    public static BuildPlan Plan(BuildContext context, IReadOnlyList<DependentView> readers) =>
        Replacement.Plan(context, "table", TableCreation.Create(context, context.Intermediate), readers);
}
