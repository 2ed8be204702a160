using Models.Jinja.Rendering;

namespace Models.Rendering.Nodes;

/// <summary>The result of a materialization's macro.</summary>
/// <param name="Returned">The return value, by convention a dict with <c>relations</c>.</param>
/// <param name="Results">The results of its statements by name, as <c>load_result</c> returns them; <c>main</c> is the one to report.</param>
/// <param name="Written">The main statement's SQL that was passed to <c>write</c>; null if there was none.</param>
public sealed record MaterializationResult(object? Returned, IReadOnlyDictionary<string, object?> Results, string? Written)
{
    /// <summary>The first row of the main statement; null if it returned none.</summary>
    public IReadOnlyList<object?>? MainRow =>
        Results.GetValueOrDefault("main") is JinjaDict result && result.TryGetValue("data", out var rows)
            ? ((rows as IEnumerable<object?>)?.FirstOrDefault() as IEnumerable<object?>)?.ToList()
            : null;

    /// <summary>The server's status message for the main statement, or an empty string.</summary>
    public string Message => Results.TryGetValue("main", out var main) && main is JinjaDict result && result.TryGetValue("response", out var response)
        ? response?.ToString() ?? ""
        : "";
}
