using Serving.Console.Catalog;

namespace Serving.Console.Quality;

/// <summary>How old a source's newest load is, against the limits of its project.</summary>
internal static class Freshness
{
    /// <summary>pass, warn or error; none where there are no limits; missing where nothing was loaded.</summary>
    public static string Status(CatalogNode source, TableLoad? load, DateTimeOffset now)
    {
        if (load is null)
            return "missing";
        if (source.Freshness is not { } limits)
            return "none";

        var age = now - load.FinishedAt;
        return age > limits.ErrorAfter ? "error" : age > limits.WarnAfter ? "warn" : "pass";
    }
}
