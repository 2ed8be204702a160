using Serving.Scoring.Learning;
using Serving.Registry;

namespace Serving.Api.Champions;

/// <summary>The champion as the registry describes it, and its scorer; the two are always of one version.</summary>
internal sealed record Champion(RegisteredModel Model, IScorer Scorer);
