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

    /// <summary>A model whose AUC on the later period is below it never becomes champion; on the validation keys where there is no later period.</summary>
    [Range(0.5, 1)]
    public double MinimumAuc { get; set; } = 0.7;

    /// <summary>A model whose expected calibration error there exceeds twice what chance gives by more than this never becomes champion.</summary>
    [Range(0, 1)]
    public double MaximumCalibrationError { get; set; } = 0.03;

    /// <summary>The share of the examples with a ripe label, the newest, that are the later period.</summary>
    [Range(0.05, 0.5)]
    public double LaterShare { get; set; } = 0.25;

    /// <summary>How much log loss a challenger may lose to the champion on a slice, beyond what is uncertain.</summary>
    [Range(0, 1)]
    public double SliceTolerance { get; set; } = 0.005;

    /// <summary>Validation examples that a slice needs to be judged by itself.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumPerSlice { get; set; } = 100;

    /// <summary>Whether a model that passes the gates answers at once, or waits for a person.</summary>
    public PromotionPolicy Promotion { get; set; } = PromotionPolicy.Automatic;

    /// <summary>Given scores (serving.predictions) that are older are deleted.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "36500.00:00:00")]
    public TimeSpan KeepPredictions { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Everything random in a learner is drawn from it.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Files of further assemblies of models, whose predictions are trained too.</summary>
    public IList<string> Models { get; } = [];

    /// <summary>The declared predictions to train, by name; empty for all whose models are built.</summary>
    public IList<string> Predictions { get; } = [];

    /// <summary>The learners to try, by name; empty for all that this build has.</summary>
    public IList<string> Learners { get; } = [];
}
