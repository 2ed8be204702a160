using Serving.Registry;
using Serving.Scoring.Evaluation;
using Serving.Scoring.Learning;

namespace Serving.Api.Champions;

/// <summary>The champion as the registry describes it, and its scorer; the two are always of one version.</summary>
internal sealed record Champion(RegisteredModel Model, IScorer Scorer)
{
    private readonly ScoreBands _bands = new(Model.Metrics);

    /// <summary>Where a score stands among those measured.</summary>
    public string BandOf(double score) => _bands.Of(score);
}
