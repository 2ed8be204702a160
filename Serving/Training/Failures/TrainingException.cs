namespace Serving.Training.Failures;

/// <summary>Training cannot go on, for a reason that is not a defect; the message is one line: what, and the way out.</summary>
public sealed class TrainingException : Exception
{
    public TrainingException(string message)
        : base(message)
    {
    }

    public TrainingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
