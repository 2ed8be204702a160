using Quartz;

namespace Ingestion.Worker.Definitions;

/// <summary>When a pipeline runs by itself.</summary>
public sealed record PipelineSchedule
{
    /// <summary>In the time zone that the file names; null where the clock starts nothing.</summary>
    public CronExpression? Cron { get; init; }

    /// <summary>Whether each time that passed while no worker ran, or while another run did, is run later; else it is left out.</summary>
    public bool CatchUp { get; init; }

    /// <summary>Whether it runs when a worker starts.</summary>
    public bool AtStart { get; init; } = true;

    /// <summary>The tables whose new data starts a run; empty where none does.</summary>
    public IReadOnlyList<UpstreamTable> WhenNew { get; init; } = [];

    /// <summary>How often <see cref="WhenNew"/> is looked at.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>A table whose new rows start a run.</summary>
/// <param name="Table">Schema and name; a table of schema raw is known by its loads.</param>
/// <param name="LoadedAt">The column that only grows; empty for a table that ingestion loads.</param>
public sealed record UpstreamTable(string Table, string LoadedAt);
