using System.ComponentModel.DataAnnotations;

namespace Serving.Training.Configuration;

/// <summary>Section 'Training' of the configuration.</summary>
public sealed class TrainingOptions
{
    public const string Section = "Training";

    /// <summary>Examples needed before anything is learnt.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumExamples { get; set; } = 1000;

    /// <summary>Examples needed of each label.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumPerLabel { get; set; } = 100;

    /// <summary>A model whose held-out AUC is below it never becomes champion.</summary>
    [Range(0.5, 1)]
    public double MinimumAuc { get; set; } = 0.7;

    /// <summary>Given scores (serving.predictions) that are older are deleted.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "36500.00:00:00")]
    public TimeSpan KeepPredictions { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Everything random in a learner is drawn from it.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The learners to try, by name; empty for all that this build has.</summary>
    public IList<string> Learners { get; } = [];
}
