using Models.Database.Catalog;
using Models.Database.Definitions;
using Models.Database.Sessions;

namespace Models.Engine.Materializations;

/// <summary>
/// The swap rule: the new version is made under another name, takes its place by a rename in the same transaction, and the old one
/// is dropped afterwards. Whatever happens, the name holds the old version or the new one.
/// </summary>
internal static class Replacement
{
    /// <param name="context">The node.</param>
    /// <param name="type">What the new version is: <c>table</c>, <c>view</c> or <c>materialized_view</c>.</param>
    /// <param name="create">Statements that make <see cref="BuildContext.Intermediate"/>.</param>
    /// <param name="readers">Views of the old version that go on with the new one.</param>
    public static BuildPlan Plan(BuildContext context, string type, IReadOnlyList<Statement> create, IReadOnlyList<DependentView> readers)
    {
        var close = Close(context, type, readers);
        return close with { Transaction = [.. Open(context), .. create, .. close.Transaction] };
    }

    /// <summary>What comes before the new version is made.</summary>
    public static IReadOnlyList<Statement> Open(BuildContext context) => context.Hooks.First;

    /// <summary>The plan without its beginning: the new version is made, and takes its place.</summary>
    public static BuildPlan Close(BuildContext context, string type, IReadOnlyList<DependentView> readers)
    {
        var existing = context.ExistingType;
        var isRead = existing is not null && context.Cache.HadDependents(context.Target);
        var transaction = new List<Statement>();
        if (existing is not null)
            transaction.Add(RelationDdl.Rename(existing, context.Target, context.Backup));

        transaction.Add(RelationDdl.Rename(type, context.Intermediate, context.Target));
        transaction.AddRange(readers.Select(r => r.Rebind()));
        transaction.AddRange(RelationFinish.Statements(context, type));
        transaction.AddRange(context.Hooks.Last);

        var after = new List<Statement>();
        // a view that does not fit the new version reads the old one until its own node is built, or until the run ends
        if (existing is not null)
            after.Add(isRead ? RelationDdl.DropUnlessRead(existing, context.Backup) : RelationDdl.Drop(existing, context.Backup, cascade: true));
        after.AddRange(context.Hooks.AfterTransaction);

        return new BuildPlan
        {
            Before = context.Hooks.BeforeTransaction,
            Transaction = transaction,
            After = after,
            Completed = () =>
            {
                context.Cache.Remove(context.Intermediate);
                context.Cache.Set(context.Target, type);
                if (isRead)
                    context.Run.DeferredDrops.Add(context.Backup, existing!, context.Target);
            },
        };
    }
}
