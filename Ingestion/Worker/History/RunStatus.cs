using System.Text.Json.Serialization;

namespace Ingestion.Worker.History;

/// <summary>How far a run, a step or an attempt is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunStatus>))]
public enum RunStatus
{
    /// <summary>Asked for; it begins when the run before it has ended.</summary>
    Queued,

    Running,
    Succeeded,
    Failed,
    Cancelled,

    /// <summary>Its worker was lost while it ran.</summary>
    Interrupted,

    /// <summary>A step that was not begun, because one before it failed.</summary>
    Skipped,

    /// <summary>A step that only reports, and failed.</summary>
    Warned,

    /// <summary>A step that went well in the run that is retried.</summary>
    Reused,
}
