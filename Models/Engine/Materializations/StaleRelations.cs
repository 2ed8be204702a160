using Models.Database;
using Models.Database.Catalog;
using Models.Database.Definitions;
using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>What an interrupted run, or dbt, left under the names that a build uses on its way.</summary>
internal static class StaleRelations
{
    public static bool Exist(BuildContext context) => Find(context).Any();

    /// <exception cref="RunException">The name is that of another node's relation.</exception>
    public static async Task DropAsync(BuildContext context, CancellationToken cancellationToken)
    {
        foreach (var (relation, type) in Find(context).ToList())
        {
            if (context.Project.Graph.InOrder.OfType<RelationNode>().FirstOrDefault(n => n.Relation == relation) is { } owner)
            {
                throw new RunException(
                    $"'{context.Node.UniqueId}' is built under the name {relation.QuotedName}, which is the relation of '{owner.UniqueId}'. "
                    + "Give that another alias.");
            }

            foreach (var reader in await RelationReaders.FindAsync(context.Session, relation, cancellationToken))
            {
                context.Run.Observer.Message(
                    $"View {reader.QuotedName} reads a version of {context.Target.QuotedName} that an interrupted run left, "
                    + "and is dropped with it; build it again.",
                    isWarning: true);
            }

            await context.Session.ExecuteAsync([RelationDdl.Drop(type, relation, cascade: true)], cancellationToken);
            context.Cache.Remove(relation);
        }
    }

    private static IEnumerable<(Relation Relation, string Type)> Find(BuildContext context)
    {
        foreach (var relation in (Relation[])[context.Intermediate, context.Backup])
        {
            if (context.Cache.TypeOf(relation) is { } type)
                yield return (relation, type);
        }
    }
}
