namespace Serving.Scoring.Learning;

/// <summary>The examples cannot be learnt from; the message says in one line why.</summary>
public sealed class LearningException : Exception
{
    public LearningException(string message)
        : base(message)
    {
    }

    public LearningException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
