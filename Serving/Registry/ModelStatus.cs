namespace Serving.Registry;

public enum ModelStatus
{
    /// <summary>The one that answers requests.</summary>
    Champion,

    /// <summary>Passed the gates and waits for a person to promote it.</summary>
    Candidate,

    /// <summary>Was champion before, or was put away.</summary>
    Archived,

    /// <summary>Did not pass a gate.</summary>
    Rejected,
}
