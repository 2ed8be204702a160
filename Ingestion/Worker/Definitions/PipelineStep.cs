using Ingestion.Connectors.Lake;
using Ingestion.Loading.Detection;

namespace Ingestion.Worker.Definitions;

/// <summary>What a step does.</summary>
public enum StepKind
{
    /// <summary>Loads streams into schema raw.</summary>
    Ingest,

    /// <summary>Builds and tests models.</summary>
    Build,

    /// <summary>Tests models that are built.</summary>
    Test,

    /// <summary>Runs the program that trains.</summary>
    Train,

    /// <summary>Runs the program that scores.</summary>
    Score,

    /// <summary>Sends an HTTP request.</summary>
    Call,

    /// <summary>Writes tables of a database into the lake.</summary>
    Extract,

    /// <summary>Loads tables from the lake.</summary>
    Load,
}

/// <summary>One step of a pipeline.</summary>
public sealed record PipelineStep
{
    public required string Name { get; init; }

    public required StepKind Kind { get; init; }

    /// <summary>The steps that must have ended well before this one begins.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Streams to load, or models to select; empty for all.</summary>
    public IReadOnlyList<string> Select { get; init; } = [];

    /// <summary>Models to leave out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The request of <see cref="StepKind.Call"/>.</summary>
    public StepCall? Call { get; init; }

    /// <summary>What <see cref="StepKind.Extract"/> extracts.</summary>
    public LakeExtraction? Extract { get; init; }

    /// <summary>What <see cref="StepKind.Load"/> loads.</summary>
    public LakeRequest? Load { get; init; }

    /// <summary>How often a failed attempt is repeated.</summary>
    public int Retries { get; init; }

    /// <summary>The pause before the first repetition; it doubles with each.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one attempt may take; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Left out where the program that it runs is not configured.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Advisory: its failure is reported, and what comes after it runs all the same.</summary>
    public bool OnlyReports { get; init; }
}

/// <summary>What a step extracts.</summary>
/// <param name="Request">The tables.</param>
/// <param name="To">The folder in the lake.</param>
public sealed record LakeExtraction(ExtractRequest Request, string To);

/// <summary>An HTTP request that a step sends; an answer of 2xx is its success.</summary>
/// <param name="Url">Absolute, http or https.</param>
/// <param name="Method">POST where the file does not say.</param>
/// <param name="Headers">Sent as they are.</param>
/// <param name="Body">Sent as JSON; empty for none.</param>
/// <param name="Secret">The name of the secret that is sent as a bearer token; empty for none.</param>
public sealed record StepCall(Uri Url, string Method, IReadOnlyDictionary<string, string> Headers, string Body, string Secret);
