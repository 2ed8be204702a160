namespace Serving.Registry;

public enum ModelStatus
{
    /// <summary>The one that answers requests.</summary>
    Champion,

    /// <summary>Was champion before.</summary>
    Archived,

    /// <summary>Did not pass a gate.</summary>
    Rejected,
}
