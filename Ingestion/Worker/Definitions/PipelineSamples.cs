using Ingestion.Connectors.Sampling;

namespace Ingestion.Worker.Definitions;

/// <summary>The generators of invented sources that a pipeline's <c>sample</c> can name.</summary>
internal static class PipelineSamples
{
    private static readonly Dictionary<string, Action<string, int>> s_writers = new(StringComparer.Ordinal)
    {
        ["leads"] = (folder, leads) => LeadSample.Write(folder, leads),
        ["cars"] = (folder, _) => CarSample.Write(folder),
    };

    public static IReadOnlyCollection<string> Names => s_writers.Keys;

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="folder">The data folder that the files are written into.</param>
    /// <param name="leads">How many leads are invented.</param>
    public static void Write(string name, string folder, int leads) => s_writers[name](folder, leads);
}
