using System.Globalization;
using Npgsql;
using Serving.Console.Reads;
using Serving.Features;
using Serving.Registry;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;

namespace Serving.Console.Scores;

/// <summary>Reads the registry of trained models, and scores leads with the champion.</summary>
internal sealed class ScoreReader(WarehouseReader warehouse, NpgsqlDataSource source, TimeProvider time)
{
    private const int ChunkSize = 10_000;

    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(1);

    private static readonly PredictionDeclaration s_declaration = DeclaredPredictions.Find(DeclaredPredictions.LeadConversion)!;

    private readonly ModelRegistry _registry = new(source, s_declaration.Name);
    private readonly FeatureTable _table = new(source, s_declaration);
    private volatile LoadedChampion? _loaded;
    private volatile CallList? _calls;

    public static FeatureSchema Schema => s_declaration.FeatureSchema;

    /// <summary>The champion; a null value where there is none yet.</summary>
    public Task<Reading<RegisteredModel?>> ChampionAsync(CancellationToken cancellationToken) =>
        warehouse.TryAsync(_registry.FindChampionAsync, cancellationToken);

    /// <summary>All versions, the newest first.</summary>
    public Task<Reading<IReadOnlyList<RegisteredModel>>> VersionsAsync(CancellationToken cancellationToken) =>
        warehouse.TryAsync(_registry.ListAsync, cancellationToken);

    /// <summary>A lead's features as they are now; a null value where there is no such lead.</summary>
    public Task<Reading<FeatureVector?>> FeaturesAsync(long contactId, CancellationToken cancellationToken) => warehouse.TryAsync(
        async token => (await _table.FindAsync(Key(contactId), token))?.Features, cancellationToken);

    /// <summary>Scores features with the champion, with every reason; a null value where there is no champion.</summary>
    public Task<Reading<Score?>> ScoreAsync(FeatureVector features, CancellationToken cancellationToken) => warehouse.TryAsync(
        async token => (await LoadAsync(token))?.Scorer.Score(features, int.MaxValue), cancellationToken);

    /// <summary>The leads that are no customers yet and have the highest scores; a list is kept for a minute.</summary>
    public Task<Reading<IReadOnlyList<LeadToCall>>> CallFirstAsync(int count, CancellationToken cancellationToken) => warehouse.TryAsync(
        async token =>
        {
            if (await LoadAsync(token) is not { } champion)
                return [];
            if (_calls is { } calls && calls.Version == champion.Version && time.GetUtcNow() - calls.At < s_kept)
                return calls.Leads;

            var leads = await ScoreAllAsync(champion.Scorer, count, token);
            _calls = new CallList(champion.Version, time.GetUtcNow(), leads);
            return leads;
        },
        cancellationToken);

    /// <summary>The live quality of the champion beside its limits, as the models measure it; breaches first.</summary>
    public Task<Reading<IReadOnlyList<WatchedMeasure>>> WatchAsync(CancellationToken cancellationToken) => warehouse.TryAsync(
        token => warehouse.ListAsync(
            $"""
            select model_version, measure, leads, value, threshold, is_judged, is_breached
            from {warehouse.Relation("data_mart", "dm_score_watch")}
            order by is_breached desc, measure
            """,
            reader => new WatchedMeasure(
                reader.GetInt32(0), reader.GetString(1), reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetDouble(3),
                reader.IsDBNull(4) ? null : reader.GetDouble(4), reader.GetBoolean(5), reader.GetBoolean(6)),
            token),
        cancellationToken);

    private async Task<IReadOnlyList<LeadToCall>> ScoreAllAsync(IScorer scorer, int count, CancellationToken cancellationToken)
    {
        IReadOnlyList<LeadToCall> best = [];
        var chunk = new List<FeatureRow>(ChunkSize);
        await foreach (var row in _table.ReadAsync(cancellationToken))
        {
            if (row.Label == true)
                continue;
            chunk.Add(row);
            if (chunk.Count == ChunkSize)
                best = Best(best, chunk, scorer, count);
        }

        return Best(best, chunk, scorer, count);
    }

    /// <summary>The best of those before and of the chunk, which is emptied.</summary>
    private static IReadOnlyList<LeadToCall> Best(IReadOnlyList<LeadToCall> before, List<FeatureRow> chunk, IScorer scorer, int count)
    {
        var scores = scorer.Probabilities([.. chunk.Select(row => row.Features)]);
        var best = before.Concat(chunk.Select((row, i) => new LeadToCall(ContactOf(row.Entity), scores[i])))
            .OrderByDescending(lead => lead.Score).ThenBy(lead => lead.ContactId).Take(count).ToList();
        chunk.Clear();
        return best;
    }

    private static EntityKey Key(long contactId) => new([contactId.ToString(CultureInfo.InvariantCulture)]);

    private static long ContactOf(EntityKey key) => long.Parse(key.Values[0], CultureInfo.InvariantCulture);

    /// <exception cref="InvalidDataException">This build cannot read the champion.</exception>
    private async Task<LoadedChampion?> LoadAsync(CancellationToken cancellationToken)
    {
        if (await _registry.FindChampionAsync(cancellationToken) is not { } model)
            return null;
        if (_loaded is { } loaded && loaded.Version == model.Version)
            return loaded;

        return _loaded = new LoadedChampion(model.Version, await _registry.LoadAsync(model, Schema, cancellationToken));
    }

    private sealed record LoadedChampion(int Version, IScorer Scorer);

    private sealed record CallList(int Version, DateTimeOffset At, IReadOnlyList<LeadToCall> Leads);
}

internal sealed record LeadToCall(long ContactId, double Score);

/// <param name="Leads">How many the measure rests on.</param>
/// <param name="Threshold">The limit.</param>
/// <param name="IsJudged">Whether these are enough leads.</param>
internal sealed record WatchedMeasure(int Version, string Measure, long Leads, double? Value, double? Threshold, bool IsJudged, bool IsBreached);
