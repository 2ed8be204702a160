using Serving.Api.Champions;
using Serving.Api.Reads;
using Serving.Features;
using Serving.Registry;
using Serving.Scoring.Features;

namespace Serving.Api.Served;

/// <summary>A declared prediction with what answers for it.</summary>
internal sealed class ServedPrediction(
    PredictionDeclaration declaration, FeatureTable table, ModelRegistry registry, ChampionHolder champions, WarehouseReads reads)
{
    public PredictionDeclaration Declaration => declaration;

    public ModelRegistry Registry => registry;

    public ChampionHolder Champions => champions;

    /// <summary>Whether requests must name all columns of the key: the entity is told apart by several.</summary>
    public bool HasCompositeKey => declaration.Entity.Count > 1;

    /// <summary>The member of a request that holds several keys.</summary>
    public string KeysMember => HasCompositeKey ? "keys" : $"{declaration.Entity[0].Name}s";

    /// <summary>Reads the requests for it.</summary>
    public PredictRequestReader Requests => field ??= new PredictRequestReader(this);

    /// <summary>The entity's features as they are now: one indexed row.</summary>
    /// <returns>Null where there is no such entity.</returns>
    /// <exception cref="WarehouseException">The warehouse did not give the row.</exception>
    public Task<FeatureRow?> FindAsync(EntityKey key, CancellationToken cancellationToken) =>
        reads.RunAsync(token => table.FindAsync(key, token), cancellationToken);

    /// <summary>Rows in the order of their keys, as <see cref="FeatureTable.ReadPageAsync"/> streams them.</summary>
    public IAsyncEnumerable<FeatureRow> ReadAsync(EntityKey? after, long? limit, CancellationToken cancellationToken) =>
        table.ReadPageAsync(after, limit, cancellationToken);

    /// <summary>The features of several entities, in one round trip; one that is not there is left out.</summary>
    /// <exception cref="WarehouseException">The warehouse did not give the rows.</exception>
    public Task<IReadOnlyDictionary<EntityKey, FeatureRow>> FindAsync(IReadOnlyCollection<EntityKey> keys, CancellationToken cancellationToken) =>
        reads.RunAsync(token => table.FindAsync(keys, token), cancellationToken);
}
