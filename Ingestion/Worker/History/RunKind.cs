using System.Text.Json.Serialization;

namespace Ingestion.Worker.History;

/// <summary>What asked for a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunKind>))]
public enum RunKind
{
    /// <summary>A worker that started.</summary>
    Start,

    /// <summary>A person or program.</summary>
    Manual,

    /// <summary>The clock.</summary>
    Schedule,

    /// <summary>New data in a table that the pipeline waits for.</summary>
    Upstream,

    /// <summary>A range of dates that is built again.</summary>
    Backfill,

    /// <summary>A run that failed, from the step that did.</summary>
    Retry,

    /// <summary>A run whose worker was lost.</summary>
    Recovery,
}
