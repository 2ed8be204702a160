namespace Serving.Training.Configuration;

/// <summary>What happens to a model that passes the gates.</summary>
public enum PromotionPolicy
{
    /// <summary>It becomes champion.</summary>
    Automatic,

    /// <summary>It waits as a candidate: <c>POST /models/{version}/promote</c>.</summary>
    Manual,
}
