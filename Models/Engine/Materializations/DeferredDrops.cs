using System.Collections.Concurrent;
using Models.Database.Catalog;
using Models.Database.Definitions;
using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>
/// Old versions that views still read when they were replaced. By the end of the run most of those views have been rebuilt; a view that
/// still reads an old version then does not fit the new one, is dropped with it, and the run reports that.
/// </summary>
internal sealed class DeferredDrops
{
    private readonly ConcurrentQueue<(Relation Old, string Type, Relation Current)> _drops = new();

    /// <param name="old">The old version under the name it has now.</param>
    /// <param name="type">What it is.</param>
    /// <param name="current">The name it had, which is its successor's.</param>
    public void Add(Relation old, string type, Relation current) => _drops.Enqueue((old, type, current));

    public async Task DropAsync(Session session, Action<string> warn, CancellationToken cancellationToken)
    {
        var ours = _drops.Select(d => (d.Old.Schema, d.Old.Identifier)).ToHashSet();
        while (_drops.TryDequeue(out var drop))
        {
            try
            {
                await DropAsync(session, drop, ours, warn, cancellationToken);
            }
            catch (Exception failure) when (Failures.IsOfNode(failure))
            {
                warn($"The old version of {drop.Current.QuotedName} is not dropped: {Failures.Describe(failure)}. The next run drops it.");
            }
        }
    }

    private static async Task DropAsync(
        Session session,
        (Relation Old, string Type, Relation Current) drop,
        HashSet<(string, string)> ours,
        Action<string> warn,
        CancellationToken cancellationToken)
    {
        foreach (var reader in await RelationReaders.FindAsync(session, drop.Old, cancellationToken))
        {
            // an old version that reads another old version is not a view of the user's any more
            if (!ours.Contains((reader.Schema, reader.Identifier)))
                warn($"View {reader.QuotedName} does not fit the new version of {drop.Current.QuotedName} and is dropped with the old one; build it again.");
        }

        await session.ExecuteAsync([RelationDdl.Drop(drop.Type, drop.Old, cascade: true)], cancellationToken);
    }
}
