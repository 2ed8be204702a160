using Serving.Scoring.Evaluation;

namespace Serving.Training.Run;

/// <summary>How a training ended.</summary>
public abstract record TrainingOutcome
{
    private TrainingOutcome()
    {
    }

    /// <summary>Nothing that training depends on has changed since the last one.</summary>
    public sealed record Unchanged(int ChampionVersion) : TrainingOutcome;

    /// <param name="Metrics">On the final test set.</param>
    public sealed record Promoted(int Version, string Learner, Metrics Metrics, EvaluationReport Evaluation) : TrainingOutcome;

    /// <summary>A model passed the gates and waits as a candidate until a person promotes it.</summary>
    public sealed record Waiting(string Learner, string Verdict) : TrainingOutcome;

    /// <summary>The present champion stays.</summary>
    public sealed record Kept(int ChampionVersion, string Verdict) : TrainingOutcome;
}
