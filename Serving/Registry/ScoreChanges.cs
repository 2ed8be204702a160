namespace Serving.Registry;

/// <summary>What a batch of scores has changed in <c>serving.scores</c>.</summary>
/// <param name="Scored">Entities with a score now.</param>
/// <param name="Written">Rows that are new, or whose score or model has changed; the others were left as they were.</param>
/// <param name="Removed">Rows of entities that are not scored any more: their outcome has come, or they are gone.</param>
public sealed record ScoreChanges(long Scored, int Written, int Removed);
