using System.Text.Json;
using Models.Database;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine.State;

/// <summary>
/// The artifacts of an earlier run: manifest.json, run_results.json and sources.json, of which each is needed only by what compares with it.
/// </summary>
internal sealed class PreviousArtifacts : IDisposable
{
    private readonly string _given;
    private readonly bool _hasResults;
    private readonly JsonDocument? _manifest;
    private readonly Lazy<NodeComparison> _comparison;
    private readonly Dictionary<string, JsonElement> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _results = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Status, DateTimeOffset? MaxLoadedAt)> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Status, DateTimeOffset? MaxLoadedAt)> _currentSources;
    private readonly string _sourcesFile;
    private readonly string _currentSourcesFile;

    private PreviousArtifacts(JsonDocument? manifest, string given, string folder, ParsedProject project)
    {
        _given = given;
        _manifest = manifest;
        _comparison = new(() => new NodeComparison(project, new MacroChanges(project.Macros, _manifest!.RootElement)));
        string[] sections = ["nodes", "sources", "exposures", "unit_tests", "metrics", "semantic_models", "saved_queries", "functions"];
        foreach (var section in sections)
        {
            if (manifest is null || !manifest.RootElement.TryGetProperty(section, out var nodes))
                continue;
            foreach (var node in nodes.EnumerateObject())
                _nodes[node.Name] = node.Value;
        }

        _hasResults = ReadResults(Path.Combine(folder, "run_results.json"), "status", (id, status, _) => _results[id] = status);
        _sourcesFile = Path.Combine(folder, "sources.json");
        _currentSourcesFile = Path.Combine(project.TargetPath, "sources.json");
        ReadResults(_sourcesFile, "status", (id, status, result) => _sources[id] = (status, MaxLoadedAt(result)));
        _currentSources = new(StringComparer.Ordinal);
        ReadResults(_currentSourcesFile, "status", (id, status, result) => _currentSources[id] = (status, MaxLoadedAt(result)));
    }

    /// <param name="folder">The folder of the artifacts; a relative one lies below the project, as in dbt, or else below the current folder.</param>
    /// <param name="project">The project of this run.</param>
    /// <param name="observer">Told, in dbt's words, if the folder is the one that this run writes to; null where that does not matter.</param>
    /// <exception cref="RunException">The manifest in the folder cannot be read.</exception>
    public static PreviousArtifacts Open(string folder, ParsedProject project, IRunObserver? observer = null)
    {
        var ofProject = Path.GetFullPath(folder, project.Options.ProjectDirectory);
        var place = Directory.Exists(ofProject) ? ofProject : Path.GetFullPath(folder);
        if (Path.TrimEndingDirectorySeparator(place) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(project.TargetPath)))
            observer?.Message(
                $"The state and target directories are the same: '{folder}'. This could lead to missing changes due to overwritten state including " +
                "non-idempotent retries.", isWarning: true);

        var path = Path.Combine(place, "manifest.json");
        if (!File.Exists(path))
            return new PreviousArtifacts(manifest: null, folder, place, project);

        try
        {
            return new PreviousArtifacts(JsonDocument.Parse(File.ReadAllBytes(path)), folder, place, project);
        }
        catch (JsonException broken)
        {
            throw new RunException($"'{path}' is not a manifest: {broken.Message}", broken);
        }
    }

    /// <summary>The nodes of the earlier run by id.</summary>
    /// <exception cref="RunException">There is no manifest in the folder.</exception>
    public IReadOnlyDictionary<string, JsonElement> Nodes
    {
        get
        {
            RequireManifest();
            return _nodes;
        }
    }

    /// <exception cref="RunException">There is no manifest in the folder.</exception>
    public void RequireManifest()
    {
        if (_manifest is null)
            throw new RunException($"--state names '{_given}', but there is no manifest.json in it.");
    }

    public bool Knows(string uniqueId) => Nodes.ContainsKey(uniqueId);

    /// <summary>The status of a node in the earlier run; null if it did not run.</summary>
    /// <exception cref="RunException">There are no results in the folder.</exception>
    public string? ResultOf(string uniqueId) => _hasResults
        ? _results.GetValueOrDefault(uniqueId)
        : throw new RunException($"--state names '{_given}', but there is no run_results.json in it, which 'result:' selects by.");

    /// <exception cref="RunException">The freshness results of the earlier or the current run are missing.</exception>
    public void RequireFreshness()
    {
        if (!File.Exists(_sourcesFile))
            throw new RunException(
                $"No previous state comparison freshness results in sources.json: '{_sourcesFile}' does not exist. Keep what 'source freshness' wrote in the " +
                $"earlier run.");
        if (!File.Exists(_currentSourcesFile))
            throw new RunException(
                $"No current state comparison freshness results in sources.json: '{_currentSourcesFile}' does not exist. Run 'source freshness' first.");
    }

    public string? SourceStatusOf(string uniqueId) => _sources.TryGetValue(uniqueId, out var s) ? s.Status : null;

    public bool IsFresher(string uniqueId) =>
        _currentSources.TryGetValue(uniqueId, out var now)
        && now.MaxLoadedAt is { } newest
        && (!_sources.TryGetValue(uniqueId, out var then) || then.MaxLoadedAt is null || newest > then.MaxLoadedAt);

    /// <summary>The relation of a node in the earlier run; null if it had none.</summary>
    public Relation? RelationOf(string uniqueId) =>
        Nodes.TryGetValue(uniqueId, out var node) && Text(node, "schema") is { } schema && (Text(node, "alias") ?? Text(node, "identifier")) is { } name
            ? new Relation(Text(node, "database") ?? "", schema, name).SpelledLike(Text(node, "relation_name") ?? "")
            : null;

    /// <summary>True if the node is new or changed; <paramref name="part"/> restricts the comparison, empty compares everything.</summary>
    public bool IsModified(Node node, string part)
    {
        if (!Nodes.TryGetValue(node.UniqueId, out var then))
            return true;

        return _comparison.Value.Differs(node, then, part);
    }

    public void Dispose() => _manifest?.Dispose();

    /// <returns>False if there is no such file.</returns>
    private static bool ReadResults(string path, string key, Action<string, string, JsonElement> add)
    {
        if (!File.Exists(path))
            return false;

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var result in document.RootElement.GetProperty("results").EnumerateArray())
            add(Text(result, "unique_id") ?? "", Text(result, key) ?? "", result);
        return true;
    }

    private static DateTimeOffset? MaxLoadedAt(JsonElement result) =>
        DateTimeOffset.TryParse(Text(result, "max_loaded_at"), out var at) ? at : null;

    internal static string? Text(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
