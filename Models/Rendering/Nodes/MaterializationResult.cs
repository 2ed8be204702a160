using Models.Jinja.Rendering;

namespace Models.Rendering.Nodes;

/// <summary>What a materialization's macro did.</summary>
/// <param name="Returned">Its return value, by convention a dict with <c>relations</c>.</param>
/// <param name="Results">The statements' results by name, as <c>load_result</c> gives them; <c>main</c> is the one to report.</param>
/// <param name="Written">The main statement's SQL, which it passed to <c>write</c>; null where it passed none.</param>
public sealed record MaterializationResult(object? Returned, IReadOnlyDictionary<string, object?> Results, string? Written)
{
    /// <summary>The first row of the main statement; null where it fetched none.</summary>
    public IReadOnlyList<object?>? MainRow =>
        Results.GetValueOrDefault("main") is JinjaDict result && result.TryGetValue("data", out var rows)
            ? ((rows as IEnumerable<object?>)?.FirstOrDefault() as IEnumerable<object?>)?.ToList()
            : null;

    /// <summary>What the server said to the main statement, or nothing.</summary>
    public string Message => Results.TryGetValue("main", out var main) && main is JinjaDict result && result.TryGetValue("response", out var response)
        ? response?.ToString() ?? ""
        : "";
}
