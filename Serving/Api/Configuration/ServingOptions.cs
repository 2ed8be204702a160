using System.ComponentModel.DataAnnotations;

namespace Serving.Api.Configuration;

/// <summary>Section 'Serving' of the configuration.</summary>
public sealed class ServingOptions
{
    public const string Section = "Serving";

    /// <summary>How often the registry is asked for a newer champion.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long reading a lead's features may take before the request is answered with 503.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan LookupTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the scores that were given are written to serving.predictions.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan PredictionInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How much of a batch's answers may wait for a client that sends more lines before it reads, in a temporary file.</summary>
    [Range(1, 1024 * 1024)]
    public int UnreadAnswersMegabytes { get; set; } = 1024;

    /// <summary>How long a client of a batch may read nothing, after all lines were scored or while no more answers may wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan UnreadAnswersTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Files of further assemblies of models, whose predictions are served too.</summary>
    public IList<string> Models { get; } = [];

    /// <summary>The keys to the API, which are asked for outside Development.</summary>
    public IList<ApiKeyOptions> Keys { get; } = [];

    /// <summary>Reasons returned with a score when the request does not say how many.</summary>
    [Range(0, 20)]
    public int Reasons { get; set; } = 3;
}
